using Weir.Core.Dialects;
using Weir.Core.Dialects.OllamaChat;

namespace Weir.Core.Tests.Compatibility;

/// <summary>Ollama <c>/api/chat</c> (the types of the ollama package 0.6.4; github.com/ollama/ollama, docs/api.md).</summary>
internal static class OllamaChatSurface
{
    private const string Tool = """{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":"string"}}}}}""";
    private const string Tools = """{"tools":[""" + Tool + "]}";

    public static ClientSurface Value { get; } = new(new OllamaChatDialect(), "Ollama chat", """{"model":"m","stream":false,"messages":[{"role":"user","content":"hi"}]}""",
    [
        new("messages: system", """{"messages":[{"role":"system","content":"s"},{"role":"user","content":"hi"}]}"""),
        new("messages: assistant", """{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"a"},{"role":"user","content":"b"}]}"""),
        new("messages: tool_calls and tool", Answered(""" "content":"r" """), Given: Tools),
        new("messages[].tool_name", Answered(""" "content":"r","tool_name":"f" """), Given: Answered(""" "content":"r" """), AnswerOnly: true),
        new("messages[].images", """{"messages":[{"role":"user","content":"hi","images":["<pixel>"]}]}"""),
        new("messages[].thinking", """{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"a","thinking":"t"},{"role":"user","content":"b"}]}""",
            Given: """{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"a"},{"role":"user","content":"b"}]}"""),
        new("tools", Tools),
        new("format: json", """{"format":"json"}"""),
        new("format: a schema", """{"format":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}}"""),
        new("think: true", """{"think":true}""", Given: """{"options":{"num_predict":8000}}"""),
        new("think: false", """{"think":false}""", Given: """{"think":true,"options":{"num_predict":8000}}"""),
        new("think: a level", """{"think":"high"}""", Given: """{"options":{"num_predict":8000}}"""),
        new("logprobs", """{"logprobs":true}"""),
        new("top_logprobs", """{"top_logprobs":2}""", Given: """{"logprobs":true}"""),
        new("keep_alive", """{"keep_alive":"5m"}"""),
        new("truncate, shift", """{"truncate":true}"""),
        new("options.num_predict", """{"options":{"num_predict":100}}"""),
        new("options.temperature", """{"options":{"temperature":0.5}}"""),
        new("options.top_p", """{"options":{"top_p":0.5}}"""),
        new("options.top_k", """{"options":{"top_k":5}}"""),
        new("options.min_p, typical_p, tfs_z", """{"options":{"min_p":0.1}}"""),
        new("options.seed", """{"options":{"seed":7}}"""),
        new("options.stop", """{"options":{"stop":["x"]}}"""),
        new("options.presence_penalty", """{"options":{"presence_penalty":0.5}}"""),
        new("options.frequency_penalty", """{"options":{"frequency_penalty":0.5}}"""),
        new("options.repeat_penalty, repeat_last_n, penalize_newline", """{"options":{"repeat_penalty":1.1}}"""),
        new("options.mirostat, mirostat_tau, mirostat_eta", """{"options":{"mirostat":1}}"""),
        new("options.num_ctx, num_keep, num_batch, num_gpu and the like", """{"options":{"num_ctx":4096}}"""),
        new("stream", """{"stream":true}"""),
        new("an unknown member", """{"x_unheard_of":1}"""),
    ], new CallHead(Operation.Chat));

    private static string Answered(string result) =>
        """{"tools":[""" + Tool + """],"messages":[{"role":"user","content":"hi"},""" +
        """{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"a":"x"}}}]},{"role":"tool",""" + result + "}]}";
}
