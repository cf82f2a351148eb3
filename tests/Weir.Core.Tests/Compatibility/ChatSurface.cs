using Weir.Core.Dialects.OpenAiChat;

namespace Weir.Core.Tests.Compatibility;

/// <summary>OpenAI Chat Completions.</summary>
internal static class ChatSurface
{
    private const string Tool = """{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":"string"}}}}}""";
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    public static ClientSurface Value { get; } = new(new OpenAiChatDialect(), "OpenAI Chat Completions", """{"model":"m","messages":[{"role":"user","content":"hi"}]}""",
    [
        new("messages: system", """{"messages":[{"role":"system","content":"s"},{"role":"user","content":"hi"}]}"""),
        new("messages: developer", """{"messages":[{"role":"developer","content":"s"},{"role":"user","content":"hi"}]}"""),
        new("messages: assistant", """{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"a"},{"role":"user","content":"b"}]}"""),
        new("messages: tool calls and results", With("""{"tools":[<tool>],"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":\"x\"}"}}]},{"role":"tool","tool_call_id":"c1","content":"r"}]}""")),
        new("messages: refusal", """{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":null,"refusal":"no"},{"role":"user","content":"b"}]}"""),
        new("messages[].name", """{"messages":[{"role":"user","name":"ann","content":"hi"}]}"""),
        new("content: image_url (address)", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}"""),
        new("content: image_url (data)", With("""{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"data:image/png;base64,<pixel>"}}]}]}""")),
        new("content: image_url.detail", With("""{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"data:image/png;base64,<pixel>","detail":"low"}}]}]}""")),
        new("content: input_audio", """{"messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}}]}]}"""),
        new("content: file (data)", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}}]}]}"""),
        new("content: file (id)", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"file","file":{"file_id":"file-1"}}]}]}"""),
        new("max_tokens", """{"max_tokens":100}"""),
        new("max_completion_tokens", """{"max_completion_tokens":100}"""),
        new("temperature", """{"temperature":0.5}"""),
        new("top_p", """{"top_p":0.5}"""),
        new("n", """{"n":2}"""),
        new("stop", """{"stop":["x"]}"""),
        new("seed", """{"seed":7}"""),
        new("frequency_penalty", """{"frequency_penalty":0.5}"""),
        new("presence_penalty", """{"presence_penalty":0.5}"""),
        new("logit_bias", """{"logit_bias":{"50256":-100}}"""),
        new("logprobs", """{"logprobs":true}"""),
        new("top_logprobs", """{"logprobs":true,"top_logprobs":2}"""),
        new("tools", With("""{"tools":[<tool>]}""")),
        new("tools[].function.strict", """{"tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":{"type":"object","properties":{},"additionalProperties":false}}}]}"""),
        new("tools: custom", """{"tools":[{"type":"custom","custom":{"name":"c","description":"d"}}]}"""),
        new("tool_choice: none", With("""{"tools":[<tool>],"tool_choice":"none"}""")),
        new("tool_choice: required", With("""{"tools":[<tool>],"tool_choice":"required"}""")),
        new("tool_choice: named", With("""{"tools":[<tool>],"tool_choice":{"type":"function","function":{"name":"f"}}}""")),
        new("parallel_tool_calls", With("""{"tools":[<tool>],"parallel_tool_calls":false}""")),
        new("functions", """{"functions":[{"name":"f","parameters":{"type":"object","properties":{}}}]}"""),
        new("function_call", """{"functions":[{"name":"f","parameters":{"type":"object","properties":{}}}],"function_call":{"name":"f"}}"""),
        new("response_format: json_object", """{"response_format":{"type":"json_object"}}"""),
        new("response_format: json_schema", """{"response_format":{"type":"json_schema","json_schema":{"name":"s","strict":true,"schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}}}}"""),
        new("reasoning_effort", """{"reasoning_effort":"high","max_completion_tokens":8000}"""),
        new("verbosity", """{"verbosity":"low"}"""),
        new("service_tier", """{"service_tier":"flex"}"""),
        new("user", """{"user":"u1"}"""),
        new("safety_identifier", """{"safety_identifier":"u1"}"""),
        new("metadata", """{"metadata":{"a":"b"}}"""),
        new("store", """{"store":true}"""),
        new("prompt_cache_key", """{"prompt_cache_key":"k"}"""),
        new("prediction", """{"prediction":{"type":"content","content":"p"}}"""),
        new("modalities, audio", """{"modalities":["text","audio"],"audio":{"voice":"alloy","format":"wav"}}"""),
        new("web_search_options", """{"web_search_options":{}}"""),
        new("stream", """{"stream":true}"""),
        new("stream_options.include_usage", """{"stream":true,"stream_options":{"include_usage":true}}""", AnswerOnly: true),
        new("an unknown member", """{"x_unheard_of":1}"""),
    ]);

    private static string With(string example) => example.Replace("<tool>", Tool, StringComparison.Ordinal).Replace("<pixel>", Pixel, StringComparison.Ordinal);
}
