using Weir.Core.Dialects.CohereChat;

namespace Weir.Core.Tests.Compatibility;

/// <summary>Cohere v2 chat (the types of cohere-ai 8.1.0).</summary>
internal static class CohereSurface
{
    private const string Tool = """{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}}}""";
    private const string Tools = """{"tools":[""" + Tool + "]}";

    public static ClientSurface Value { get; } = new(new CohereChatDialect(), "Cohere Chat", """{"model":"m","messages":[{"role":"user","content":"hi"}]}""",
    [
        new("messages: system", """{"messages":[{"role":"system","content":"s"},{"role":"user","content":"hi"}]}"""),
        new("messages: assistant", """{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"a"},{"role":"user","content":"b"}]}"""),
        new("messages: tool_calls and tool", Answered("""{"content":"r"}"""), Given: Tools),
        new("tool content: document", Answered("""{"content":[{"type":"document","document":{"data":{"b":"r"},"id":"d1"}}]}"""), Given: Tools),
        new("tool_plan", Answered("""{"content":"r"}""", ""","tool_plan":"p" """), Given: Answered("""{"content":"r"}""")),
        new("assistant.citations", Assistant("""{"content":"a","citations":[{"start":0,"end":1,"text":"a"}]}"""), Given: Assistant("""{"content":"a"}""")),
        new("content: thinking", Assistant("""{"content":[{"type":"thinking","thinking":"t"},{"type":"text","text":"a"}]}"""), Given: Assistant("""{"content":[{"type":"text","text":"a"}]}""")),
        new("content: image_url (address)", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}"""),
        new("content: image_url (data)", Image("")),
        new("content: image_url.detail", Image(""","detail":"low" """), Given: Image("")),
        new("tools", Tools),
        new("strict_tools", """{"strict_tools":true}""", Given: Tools),
        new("tool_choice: REQUIRED", """{"tool_choice":"REQUIRED"}""", Given: Tools),
        new("tool_choice: NONE", """{"tool_choice":"NONE"}""", Given: Tools),
        new("documents", """{"documents":["words",{"id":"d1","data":{"title":"t","text":"words"}}]}"""),
        new("citation_options", """{"citation_options":{"mode":"FAST"}}"""),
        new("response_format: json_object", """{"response_format":{"type":"json_object"}}"""),
        new("response_format.json_schema", """{"response_format":{"type":"json_object","json_schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}}}""", Given: """{"response_format":{"type":"json_object"}}"""),
        new("safety_mode", """{"safety_mode":"STRICT"}"""),
        new("max_tokens", """{"max_tokens":100}"""),
        new("stop_sequences", """{"stop_sequences":["x"]}"""),
        new("temperature", """{"temperature":0.5}"""),
        new("seed", """{"seed":7}"""),
        new("frequency_penalty", """{"frequency_penalty":0.5}"""),
        new("presence_penalty", """{"presence_penalty":0.5}"""),
        new("k", """{"k":5}"""),
        new("p", """{"p":0.5}"""),
        new("logprobs", """{"logprobs":true}"""),
        new("thinking: enabled", """{"thinking":{"type":"enabled"}}""", Given: """{"max_tokens":8000}"""),
        new("thinking: disabled", """{"thinking":{"type":"disabled"}}""", Given: """{"max_tokens":8000,"thinking":{"type":"enabled"}}"""),
        new("thinking.token_budget", """{"thinking":{"type":"enabled","token_budget":2000}}""", Given: """{"max_tokens":8000,"thinking":{"type":"enabled"}}"""),
        new("priority", """{"priority":1}"""),
        new("stream", """{"stream":true}"""),
        new("an unknown member", """{"x_unheard_of":1}"""),
    ]);

    private static string Answered(string content, string more = "") =>
        """{"tools":[""" + Tool + """],"messages":[{"role":"user","content":"hi"},""" +
        """{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":\"x\"}"}}]""" + more + "}," +
        """{"role":"tool","tool_call_id":"c1",""" + content[1..] + "]}";

    private static string Assistant(string message) =>
        """{"messages":[{"role":"user","content":"hi"},{"role":"assistant",""" + message[1..] + """,{"role":"user","content":"b"}]}""";

    private static string Image(string more) =>
        """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"data:image/png;base64,<pixel>" """ + more + "}}]}]}";
}
