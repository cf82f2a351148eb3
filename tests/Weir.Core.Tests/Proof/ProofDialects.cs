using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.BedrockConverse;
using Weir.Core.Dialects.CohereChat;
using Weir.Core.Dialects.GeminiGenerate;
using Weir.Core.Dialects.OllamaChat;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Dialects.OpenAiCompletions;
using Weir.Core.Dialects.OpenAiResponses;

namespace Weir.Core.Tests.Proof;

/// <summary>The dialects of which there are recordings and which can be translated.</summary>
internal static class ProofDialects
{
    public static IReadOnlyList<ProofDialect> All { get; } =
    [
        new(new OpenAiChatDialect(), "OpenAI Chat", ["openai.chat", "azure.chat", "mistral.chat"], "gpt-5", StreamFraming.ServerSentEvents, Carries.All),
        new(new OpenAiResponsesDialect(), "OpenAI Responses", ["openai.responses", "azure.responses"], "gpt-5", StreamFraming.ServerSentEvents, Carries.All),
        new(new AnthropicMessagesDialect(), "Anthropic Messages", ["anthropic.messages"], "claude-sonnet-4-5", StreamFraming.ServerSentEvents, Carries.All),
        new(new GeminiGenerateDialect(), "Gemini", ["gemini.generate", "vertex.generate"], "gemini-3-flash", StreamFraming.ServerSentEvents, Carries.All),
        new(new BedrockConverseDialect(), "Bedrock Converse", ["bedrock.converse"], "eu.anthropic.claude-sonnet-4-5-v1:0", StreamFraming.AwsEventStream, Carries.All),
        new(new CohereChatDialect(), "Cohere Chat", ["cohere.chat"], "command-a-03-2025", StreamFraming.ServerSentEvents, Carries.Calls | Carries.Thinking),
        new(new OllamaChatDialect(), "Ollama", ["ollama.chat", "ollama.generate"], "qwen3", StreamFraming.JsonLines, Carries.Calls | Carries.Thinking),
        new(new OpenAiCompletionsDialect(), "OpenAI Completions", ["openai.completions"], "gpt-3.5-turbo-instruct", StreamFraming.ServerSentEvents, Carries.Nothing),
    ];
}
