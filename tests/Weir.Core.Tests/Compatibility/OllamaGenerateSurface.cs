using Weir.Core.Dialects;
using Weir.Core.Dialects.OllamaChat;

namespace Weir.Core.Tests.Compatibility;

/// <summary>Ollama <c>/api/generate</c>; its <c>options</c> are those of chat.</summary>
internal static class OllamaGenerateSurface
{
    public static ClientSurface Value { get; } = new(new OllamaChatDialect(), "Ollama generate", """{"model":"m","stream":false,"prompt":"hi"}""",
    [
        new("prompt", """{"prompt":"another"}"""),
        new("suffix", """{"suffix":"s"}"""),
        new("system", """{"system":"s"}"""),
        new("template", """{"template":"{{ .Prompt }}"}"""),
        new("context", """{"context":[1,2]}"""),
        new("raw", """{"raw":true}"""),
        new("images", """{"images":["<pixel>"]}"""),
        new("format: json", """{"format":"json"}"""),
        new("format: a schema", """{"format":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}}"""),
        new("think", """{"think":true}""", Given: """{"options":{"num_predict":8000}}"""),
        new("logprobs", """{"logprobs":true}"""),
        new("top_logprobs", """{"top_logprobs":2}""", Given: """{"logprobs":true}"""),
        new("options: as in chat", """{"options":{"temperature":0.5}}"""),
        new("keep_alive", """{"keep_alive":"5m"}"""),
        new("truncate, shift", """{"truncate":true}"""),
        new("width, height, steps", """{"width":512}"""),
        new("stream", """{"stream":true}"""),
        new("an unknown member", """{"x_unheard_of":1}"""),
    ], new CallHead(Operation.Completion));
}
