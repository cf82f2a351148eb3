using Weir.Core.Dialects.OpenAiResponses;

namespace Weir.Core.Tests.Compatibility;

/// <summary>OpenAI Responses.</summary>
internal static class ResponsesSurface
{
    private const string Tool = """{"type":"function","name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":"string"}}}}""";
    private const string Tools = """{"tools":[""" + Tool + "]}";

    public static ClientSurface Value { get; } = new(new OpenAiResponsesDialect(), "OpenAI Responses", """{"model":"m","input":"hi"}""",
    [
        new("instructions", """{"instructions":"s"}"""),
        new("input: developer, system", """{"input":[{"role":"developer","content":"s"},{"role":"user","content":"hi"}]}"""),
        new("input: assistant", """{"input":[{"role":"user","content":"hi"},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"}]},{"role":"user","content":"b"}]}"""),
        new("input: refusal", """{"input":[{"role":"user","content":"hi"},{"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"no"}]},{"role":"user","content":"b"}]}"""),
        new("input: message phase", """{"input":[{"role":"user","content":"hi","phase":"commentary"}]}"""),
        new("input: input_image (address)", """{"input":[{"role":"user","content":[{"type":"input_image","image_url":"https://example.com/a.png"}]}]}"""),
        new("input: input_image (data)", """{"input":[{"role":"user","content":[{"type":"input_image","image_url":"data:image/png;base64,<pixel>","detail":"low"}]}]}"""),
        new("input: input_image (id)", """{"input":[{"role":"user","content":[{"type":"input_image","file_id":"file-1"}]}]}"""),
        new("input: input_file (data)", """{"input":[{"role":"user","content":[{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}]}]}"""),
        new("input: input_file (address)", """{"input":[{"role":"user","content":[{"type":"input_file","file_url":"https://example.com/a.pdf"}]}]}"""),
        new("input: function_call, function_call_output", With("""{"tools":[<tool>],"input":[{"role":"user","content":"hi"},{"type":"function_call","call_id":"c1","name":"f","arguments":"{\"a\":\"x\"}"},{"type":"function_call_output","call_id":"c1","output":"r"}]}""")),
        new("input: custom_tool_call, custom_tool_call_output", """{"tools":[{"type":"custom","name":"c"}],"input":[{"role":"user","content":"hi"},{"type":"custom_tool_call","call_id":"c1","name":"c","input":"x"},{"type":"custom_tool_call_output","call_id":"c1","output":"r"}]}"""),
        new("input: reasoning of OpenAI", """{"input":[{"role":"user","content":"hi"},{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gAAAAAB"},{"type":"message","role":"assistant","content":"a"},{"role":"user","content":"b"}]}"""),
        new("input: web_search_call and other calls OpenAI ran", """{"input":[{"role":"user","content":"hi"},{"type":"web_search_call","id":"ws_1","status":"completed"}]}"""),
        new("input: computer_call, shell_call, apply_patch_call", """{"input":[{"role":"user","content":"hi"},{"type":"shell_call","call_id":"c1"}]}"""),
        new("input: compaction", """{"input":[{"role":"user","content":"hi"},{"type":"compaction","encrypted_content":"x"}]}"""),
        new("input: item_reference (not kept here)", """{"input":[{"role":"user","content":"hi"},{"type":"item_reference","id":"rs_1"}]}"""),
        new("previous_response_id (not kept here)", """{"previous_response_id":"resp_1"}"""),
        new("conversation", """{"conversation":"conv_1"}"""),
        new("prompt", """{"prompt":{"id":"p_1"}}"""),
        new("background", """{"background":true}"""),
        new("store", """{"store":true}""", AnswerOnly: true),
        new("metadata", """{"metadata":{"a":"b"}}""", AnswerOnly: true),
        new("max_output_tokens", """{"max_output_tokens":100}"""),
        new("max_tool_calls", """{"max_tool_calls":3}"""),
        new("temperature", """{"temperature":0.5}"""),
        new("top_p", """{"top_p":0.5}"""),
        new("top_logprobs", """{"top_logprobs":2}""", Given: """{"include":["message.output_text.logprobs"]}"""),
        new("include: message.output_text.logprobs", """{"include":["message.output_text.logprobs"]}"""),
        new("include: reasoning.encrypted_content", """{"include":["reasoning.encrypted_content"]}""", AnswerOnly: true),
        new("include: web_search_call.action.sources and the like", """{"include":["web_search_call.action.sources"]}"""),
        new("tools: function", With("""{"tools":[<tool>]}""")),
        new("tools: custom", """{"tools":[{"type":"custom","name":"c","description":"d"}]}"""),
        new("tools: namespace", With("""{"tools":[{"type":"namespace","name":"n","description":"d","tools":[<tool>]}]}""")),
        new("tools: web_search, image_generation", """{"tools":[{"type":"web_search"}]}"""),
        new("tools: tool_search", """{"tools":[{"type":"tool_search"}]}"""),
        new("tools: file_search, code_interpreter, computer, mcp, shell, apply_patch", """{"tools":[{"type":"file_search","vector_store_ids":["v"]}]}"""),
        new("tool_choice: none", """{"tool_choice":"none"}""", Given: Tools),
        new("tool_choice: required", """{"tool_choice":"required"}""", Given: Tools),
        new("tool_choice: function", """{"tool_choice":{"type":"function","name":"f"}}""", Given: Tools),
        new("tool_choice: allowed_tools", """{"tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"}]}}""", Given: Tools),
        new("tool_choice: a tool of OpenAI", """{"tool_choice":{"type":"file_search"}}""", Given: Tools),
        new("parallel_tool_calls", """{"parallel_tool_calls":false}""", Given: Tools),
        new("text.format: json_object", """{"text":{"format":{"type":"json_object"}}}"""),
        new("text.format: json_schema", """{"text":{"format":{"type":"json_schema","name":"s","strict":true,"schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}}}}"""),
        new("text.verbosity", """{"text":{"verbosity":"low"}}"""),
        new("reasoning.effort", """{"reasoning":{"effort":"high"}}""", Given: """{"max_output_tokens":8000}"""),
        new("reasoning.summary", """{"reasoning":{"summary":"auto"}}""", AnswerOnly: true),
        new("reasoning.context", """{"reasoning":{"context":"all_turns"}}"""),
        new("truncation", """{"truncation":"auto"}"""),
        new("context_management", """{"context_management":[{"type":"compaction"}]}"""),
        new("service_tier", """{"service_tier":"flex"}"""),
        new("user", """{"user":"u1"}"""),
        new("safety_identifier", """{"safety_identifier":"u1"}"""),
        new("prompt_cache_key", """{"prompt_cache_key":"k"}"""),
        new("prompt_cache_retention", """{"prompt_cache_retention":"24h"}"""),
        new("prompt_cache_options", """{"prompt_cache_options":{"mode":"explicit"}}"""),
        new("moderation: scores", """{"moderation":{"model":"omni-moderation-latest"}}"""),
        new("moderation: block", """{"moderation":{"model":"omni-moderation-latest","policy":{"input":{"mode":"block"}}}}"""),
        new("stream", """{"stream":true}"""),
        new("stream_options.include_obfuscation", """{"stream_options":{"include_obfuscation":true}}""", Given: """{"stream":true}"""),
        new("an unknown member", """{"x_unheard_of":1}"""),
    ]);

    private static string With(string example) => example.Replace("<tool>", Tool, StringComparison.Ordinal);
}
