using Weir.Core.Dialects.AnthropicMessages;

namespace Weir.Core.Tests.Compatibility;

/// <summary>Anthropic Messages.</summary>
internal static class MessagesSurface
{
    private const string Tool = """{"name":"f","description":"d","input_schema":{"type":"object","properties":{"a":{"type":"string"}}}}""";
    private const string Tools = """{"tools":[""" + Tool + "]}";

    public static ClientSurface Value { get; } = new(new AnthropicMessagesDialect(), "Anthropic Messages", """{"model":"m","max_tokens":8000,"messages":[{"role":"user","content":"hi"}]}""",
    [
        new("max_tokens", """{"max_tokens":100}"""),
        new("system", """{"system":"s"}"""),
        new("system: blocks", """{"system":[{"type":"text","text":"s"},{"type":"text","text":"t"}]}"""),
        new("messages: system", """{"messages":[{"role":"user","content":"hi"},{"role":"system","content":"s"}]}"""),
        new("messages: assistant", """{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"a"},{"role":"user","content":"b"}]}"""),
        new("messages: tool_use and tool_result", With("""{"tools":[<tool>],"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"f","input":{"a":"x"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"r"}]}]}""")),
        new("tool_result.is_error", With("""{"tools":[<tool>],"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"f","input":{"a":"x"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","is_error":true,"content":"r"}]}]}"""),
            Given: With("""{"tools":[<tool>],"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"f","input":{"a":"x"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"r"}]}]}""")),
        new("content: thinking with signature", """{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"c2ln"},{"type":"text","text":"a"}]},{"role":"user","content":"b"}]}"""),
        new("content: redacted_thinking", """{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":[{"type":"redacted_thinking","data":"ZGF0YQ=="},{"type":"text","text":"a"}]},{"role":"user","content":"b"}]}"""),
        new("content: image (base64)", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"<pixel>"}}]}]}"""),
        new("content: image (url)", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image","source":{"type":"url","url":"https://example.com/a.png"}}]}]}"""),
        new("content: image (file)", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image","source":{"type":"file","file_id":"file_1"}}]}]}"""),
        new("content: document (file)", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"document","source":{"type":"file","file_id":"file_1"}}]}]}"""),
        new("content: document (url)", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"document","source":{"type":"url","url":"https://example.com/a.pdf"}}]}]}"""),
        new("content: document (PDF)", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}}]}]}"""),
        new("content: document (text)", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"document","source":{"type":"text","media_type":"text/plain","data":"words"}}]}]}"""),
        new("document.title", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"document","title":"t","source":{"type":"text","media_type":"text/plain","data":"words"}}]}]}""",
            Given: """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"document","source":{"type":"text","media_type":"text/plain","data":"words"}}]}]}"""),
        new("document.citations", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"document","citations":{"enabled":true},"source":{"type":"text","media_type":"text/plain","data":"words"}}]}]}""",
            Given: """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"document","source":{"type":"text","media_type":"text/plain","data":"words"}}]}]}"""),
        new("content: search_result", """{"messages":[{"role":"user","content":[{"type":"text","text":"hi"},{"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"found"}]}]}]}"""),
        new("cache_control", """{"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}]}""", Given: """{"system":[{"type":"text","text":"s"}]}"""),
        new("temperature", """{"temperature":0.5}"""),
        new("top_p", """{"top_p":0.5}"""),
        new("top_k", """{"top_k":5}"""),
        new("stop_sequences", """{"stop_sequences":["x"]}"""),
        new("tools", With("""{"tools":[<tool>]}""")),
        new("tools: server tool", """{"tools":[{"type":"web_search_20250305","name":"web_search"}]}"""),
        new("tool_choice: any", """{"tool_choice":{"type":"any"}}""", Given: Tools),
        new("tool_choice: tool", """{"tool_choice":{"type":"tool","name":"f"}}""", Given: Tools),
        new("tool_choice: none", """{"tool_choice":{"type":"none"}}""", Given: Tools),
        new("disable_parallel_tool_use", """{"tool_choice":{"type":"auto","disable_parallel_tool_use":true}}""", Given: """{"tools":[""" + Tool + """],"tool_choice":{"type":"auto"}}"""),
        new("tools[].strict", """{"tools":[{"name":"f","strict":true,"input_schema":{"type":"object","properties":{}}}]}""", Given: """{"tools":[{"name":"f","input_schema":{"type":"object","properties":{}}}]}"""),
        new("thinking: enabled", """{"thinking":{"type":"enabled","budget_tokens":2000}}"""),
        new("thinking: adaptive", """{"thinking":{"type":"adaptive"}}"""),
        new("output_config.effort", """{"output_config":{"effort":"low"}}"""),
        new("output_config.format", """{"output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}}}}"""),
        new("output_config.task_budget", """{"output_config":{"task_budget":{"type":"tokens","total":1000}}}"""),
        new("service_tier", """{"service_tier":"standard_only"}"""),
        new("metadata.user_id", """{"metadata":{"user_id":"u1"}}"""),
        new("speed", """{"speed":"fast"}"""),
        new("inference_geo", """{"inference_geo":"us"}"""),
        new("diagnostics", """{"diagnostics":{}}"""),
        new("user_profile_id", """{"user_profile_id":"p1"}"""),
        new("workspace_id", """{"workspace_id":"w1"}"""),
        new("container", """{"container":"c1"}"""),
        new("mcp_servers", """{"mcp_servers":[{"type":"url","url":"https://example.com/mcp","name":"m"}]}"""),
        new("context_management", """{"context_management":{"edits":[{"type":"clear_tool_uses_20250919"}]}}"""),
        new("stream", """{"stream":true}"""),
        new("an unknown member", """{"x_unheard_of":1}"""),
    ]);

    private static string With(string example) => example.Replace("<tool>", Tool, StringComparison.Ordinal);
}
