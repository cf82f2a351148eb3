using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiCompletions;

namespace Weir.Core.Tests.Compatibility;

/// <summary>OpenAI Completions, the older API that continues a text.</summary>
internal static class CompletionsSurface
{
    public static ClientSurface Value { get; } = new(new OpenAiCompletionsDialect(), "OpenAI Completions", """{"model":"m","max_tokens":100,"prompt":"hi"}""",
    [
        new("prompt", """{"prompt":"another"}"""),
        new("prompt: several", """{"prompt":["hi","there"]}"""),
        new("prompt: token ids", """{"prompt":[1,2]}"""),
        new("max_tokens", """{"max_tokens":50}"""),
        new("temperature", """{"temperature":0.5}"""),
        new("top_p", """{"top_p":0.5}"""),
        new("n", """{"n":2}"""),
        new("best_of", """{"best_of":2}"""),
        new("echo", """{"echo":true}"""),
        new("suffix", """{"suffix":"s"}"""),
        new("stop", """{"stop":["x"]}"""),
        new("seed", """{"seed":7}"""),
        new("frequency_penalty", """{"frequency_penalty":0.5}"""),
        new("presence_penalty", """{"presence_penalty":0.5}"""),
        new("logit_bias", """{"logit_bias":{"50256":-100}}"""),
        new("logprobs", """{"logprobs":2}"""),
        new("user", """{"user":"u1"}"""),
        new("stream", """{"stream":true}"""),
        new("stream_options.include_usage", """{"stream_options":{"include_usage":true}}""", Given: """{"stream":true}""", AnswerOnly: true),
        new("stream_options.include_obfuscation", """{"stream_options":{"include_obfuscation":true}}""", Given: """{"stream":true}"""),
        new("an unknown member", """{"x_unheard_of":1}"""),
    ], new CallHead(Operation.Completion));
}
