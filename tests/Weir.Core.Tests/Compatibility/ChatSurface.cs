using Weir.Core.Dialects.OpenAiChat;

namespace Weir.Core.Tests.Compatibility;

/// <summary>OpenAI Chat Completions.</summary>
internal static class ChatSurface
{
    private const string Tool = """{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":"string"}}}}}""";
    private const string Tools = """{"tools":[""" + Tool + "]}";

    public static ClientSurface Value { get; } = new(new OpenAiChatDialect(), "OpenAI Chat Completions", """{"model":"m","messages":[{"role":"user","content":"hi"}]}""",
    [
        new("messages: system", """{"messages":[{"role":"system","content":"s"},{"role":"user","content":"hi"}]}"""),
        new("messages: developer", """{"messages":[{"role":"developer","content":"s"},{"role":"user","content":"hi"}]}"""),
        new("messages: assistant", """{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"a"},{"role":"user","content":"b"}]}"""),
        new("messages: tool calls and results", With("""{"tools":[<tool>],"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":\"x\"}"}}]},{"role":"tool","tool_call_id":"c1","content":"r"}]}""")),
        new("messages: refusal", """{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":null,"refusal":"no"},{"role":"user","content":"b"}]}"""),
        new("messages[].name", """{"messages":[{"role":"user","name":"ann","content":"hi"}]}"""),
        new("content: image_url (address)", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}"""),
        new("content: image_url (data)", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"data:image/png;base64,<pixel>"}}]}]}"""),
        new("content: image_url.detail", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"data:image/png;base64,<pixel>","detail":"low"}}]}]}""",
            Given: """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"data:image/png;base64,<pixel>"}}]}]}"""),
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
        new("top_logprobs", """{"top_logprobs":2}""", Given: """{"logprobs":true}"""),
        new("tools", With("""{"tools":[<tool>]}""")),
        new("tools[].function.strict", """{"tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":{"type":"object","properties":{},"additionalProperties":false}}}]}""",
            Given: """{"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{},"additionalProperties":false}}}]}"""),
        new("tools: custom", """{"tools":[{"type":"custom","custom":{"name":"c","description":"d"}}]}"""),
        new("tool_choice: none", """{"tool_choice":"none"}""", Given: Tools),
        new("tool_choice: required", """{"tool_choice":"required"}""", Given: Tools),
        new("tool_choice: named", """{"tool_choice":{"type":"function","function":{"name":"f"}}}""", Given: Tools),
        new("tool_choice: allowed_tools", """{"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"f"}}]}}}""", Given: Tools),
        new("parallel_tool_calls", """{"parallel_tool_calls":false}""", Given: Tools),
        new("functions", """{"functions":[{"name":"f","parameters":{"type":"object","properties":{}}}]}"""),
        new("function_call", """{"function_call":{"name":"f"}}""", Given: """{"functions":[{"name":"f","parameters":{"type":"object","properties":{}}}]}"""),
        new("response_format: json_object", """{"response_format":{"type":"json_object"}}"""),
        new("response_format: json_schema", """{"response_format":{"type":"json_schema","json_schema":{"name":"s","strict":true,"schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}}}}"""),
        new("reasoning_effort", """{"reasoning_effort":"high"}""", Given: """{"max_completion_tokens":8000}"""),
        new("verbosity", """{"verbosity":"low"}"""),
        new("service_tier", """{"service_tier":"flex"}"""),
        new("user", """{"user":"u1"}"""),
        new("safety_identifier", """{"safety_identifier":"u1"}"""),
        new("metadata", """{"metadata":{"a":"b"}}"""),
        new("store", """{"store":true}"""),
        new("prompt_cache_key", """{"prompt_cache_key":"k"}"""),
        new("prompt_cache_retention", """{"prompt_cache_retention":"24h"}"""),
        new("prompt_cache_options", """{"prompt_cache_options":{"mode":"explicit"}}"""),
        new("prediction", """{"prediction":{"type":"content","content":"p"}}"""),
        new("modalities, audio", """{"modalities":["text","audio"],"audio":{"voice":"alloy","format":"wav"}}"""),
        new("web_search_options", """{"web_search_options":{}}"""),
        new("moderation: scores", """{"moderation":{"model":"omni-moderation-latest"}}"""),
        new("moderation: block", """{"moderation":{"model":"omni-moderation-latest","policy":{"input":{"mode":"block"}}}}"""),
        new("stream", """{"stream":true}"""),
        new("stream_options.include_usage", """{"stream_options":{"include_usage":true}}""", Given: """{"stream":true}""", AnswerOnly: true),
        new("stream_options.include_obfuscation", """{"stream_options":{"include_obfuscation":true}}""", Given: """{"stream":true}"""),
        new("an unknown member", """{"x_unheard_of":1}"""),
    ]);

    private static string With(string example) => example.Replace("<tool>", Tool, StringComparison.Ordinal);
}
