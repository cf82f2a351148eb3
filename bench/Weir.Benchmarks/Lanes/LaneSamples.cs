using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.BedrockConverse;
using Weir.Core.Dialects.CohereChat;
using Weir.Core.Dialects.GeminiGenerate;
using Weir.Core.Dialects.OllamaChat;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Dialects.OpenAiCompletions;
using Weir.Core.Dialects.OpenAiResponses;

namespace Weir.Benchmarks.Lanes;

/// <summary>Every dialect that streams text both ways.</summary>
internal static class LaneSamples
{
    private const string Said = """[{"role":"user","content":"Which way does the water run?"}]""";

    public static IReadOnlyList<LaneSample> All() =>
    [
        new("chat", new OpenAiChatDialect(), StreamFraming.ServerSentEvents,
            $$$"""{"model":"m","stream":true,"stream_options":{"include_usage":true},"messages":{{{Said}}}}""", Operation.Chat),
        new("responses", new OpenAiResponsesDialect(), StreamFraming.ServerSentEvents, $$"""{"model":"m","stream":true,"input":{{Said}}}""", Operation.Chat),
        new("messages", new AnthropicMessagesDialect(), StreamFraming.ServerSentEvents,
            $$"""{"model":"m","max_tokens":256,"stream":true,"messages":{{Said}}}""", Operation.Chat),
        new("gemini", new GeminiGenerateDialect(), StreamFraming.ServerSentEvents,
            """{"contents":[{"role":"user","parts":[{"text":"Which way does the water run?"}]}]}""", new CallHead(Operation.Chat, "m", Stream: true, "?alt=sse")),
        new("converse", new BedrockConverseDialect(), StreamFraming.AwsEventStream,
            """{"messages":[{"role":"user","content":[{"text":"Which way does the water run?"}]}]}""", new CallHead(Operation.Chat, "m", Stream: true)),
        new("ollama", new OllamaChatDialect(), StreamFraming.JsonLines, $$"""{"model":"m","stream":true,"messages":{{Said}}}""", Operation.Chat),
        new("cohere", new CohereChatDialect(), StreamFraming.ServerSentEvents, $$"""{"model":"m","stream":true,"messages":{{Said}}}""", Operation.Chat),
        new("completions", new OpenAiCompletionsDialect(), StreamFraming.ServerSentEvents,
            """{"model":"m","stream":true,"stream_options":{"include_usage":true},"prompt":"Which way does the water run?"}""", Operation.Completion),
    ];
}
