using Weir.Core.Canon;
using Xunit;

namespace Weir.Core.Tests.Dialects.AnthropicMessages;

public sealed class AnthropicRequestReaderTests
{
    [Fact]
    public void A_conversation_becomes_canon()
    {
        var notes = new TranslationNotes();
        ModelRequest request = Wire.ReadRequest("""
            {"model":"m","max_tokens":9,"stream":true,"temperature":1.0,"top_p":0.90,"top_k":5,"stop_sequences":["S"],
             "metadata":{"user_id":"u"},"service_tier":"standard_only",
             "messages":[
              {"role":"user","content":"hi"},
              {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"sig=="},{"type":"redacted_thinking","data":"enc"},
                {"type":"text","text":"ok"},{"type":"tool_use","id":"toolu_1","name":"f","input":{"a":1.0,"b":12345678901234567890}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","is_error":true,"content":[{"type":"text","text":"no"},
                {"type":"image","source":{"type":"url","url":"https://x/y.png"}}]},{"type":"text","text":"go on","cache_control":{"type":"ephemeral"}}]},
              {"role":"system","content":"be brief"}],
             "system":[{"type":"text","text":"sys","cache_control":{"type":"ephemeral","ttl":"1h"}}]}
            """, notes);
        Assert.Empty(notes.All);
        Assert.True(request is { Model: "m", MaxOutputTokens: 9, Stream: true, UserId: "u", ServiceTier: "default", StopSequences: ["S"] });
        Assert.Equal(("1.0", "0.90", "5"), (request.Temperature.ToString(), request.TopP.ToString(), request.TopK.ToString()));
        Assert.Equal([MessageRole.System, MessageRole.User, MessageRole.Assistant, MessageRole.Tool, MessageRole.User, MessageRole.System],
            request.Messages.Select(m => m.Role));
        Assert.Equal("""{"type":"ephemeral","ttl":"1h"}""", request.Messages[0].Content[0].CacheControl.ToString());
        Assert.Equal([new ContentPart.Thinking("hm", "sig==", "anthropic"), new ContentPart.RedactedThinking("enc", "anthropic"), new ContentPart.Text("ok"),
            new ContentPart.ToolCall("toolu_1", "f", """{"a":1.0,"b":12345678901234567890}""")], request.Messages[2].Content);
        var result = Assert.IsType<ContentPart.ToolResult>(request.Messages[3].Content[0]);
        Assert.True(result is { CallId: "toolu_1", IsError: true, Content: [ContentPart.Text { Value: "no" }, ContentPart.Image { Url: "https://x/y.png" }] });
    }

    [Fact]
    public void Thinking_effort_and_format_are_read()
    {
        ModelRequest request = Wire.ReadRequest("""
            {"model":"m","messages":[],"thinking":{"type":"adaptive"},"output_config":{"effort":"high","format":{"type":"json_schema","schema":{"type":"object"}}},
             "tool_choice":{"type":"tool","name":"f","disable_parallel_tool_use":true}}
            """);
        Assert.Equal(new ReasoningSettings(true, "high", null, Adaptive: true), request.Reasoning);
        Assert.Equal("""{"type":"object"}""", request.ResponseFormat!.Schema.ToString());
        Assert.Equal(new ToolChoice(ToolChoiceMode.Named, "f"), request.ToolChoice);
        Assert.False(request.ParallelToolCalls);
        Assert.Equal(new ReasoningSettings(true, null, 2000), Wire.ReadRequest("""{"messages":[],"thinking":{"type":"enabled","budget_tokens":2000}}""").Reasoning);
    }

    [Theory]
    [InlineData("\"container\":{\"id\":\"c\"}", "container", ParameterFate.Refused)]
    [InlineData("\"mcp_servers\":[{\"url\":\"u\"}]", "mcp_servers", ParameterFate.Refused)]
    [InlineData("\"inference_geo\":\"us\"", "inference_geo", ParameterFate.Refused)]
    [InlineData("\"tools\":[{\"type\":\"web_search_20260318\",\"name\":\"web_search\"}]", "tools[0]", ParameterFate.Refused)]
    [InlineData("\"tools\":[{\"type\":\"browser_toolset_20260801\"}]", "tools[0]", ParameterFate.Refused)]
    [InlineData("\"output_format\":{\"type\":\"grammar\"}", "output_format", ParameterFate.Refused)]
    [InlineData("\"tools\":[{\"name\":\"f\",\"input_schema\":{},\"defer_loading\":true}]", "tools[0].defer_loading", ParameterFate.Dropped)]
    [InlineData("\"context_management\":{\"edits\":[]}", "context_management", ParameterFate.Dropped)]
    [InlineData("\"cache_control\":{\"type\":\"ephemeral\"}", "cache_control", ParameterFate.Dropped)]
    [InlineData("\"tomorrow\":1", "tomorrow", ParameterFate.Dropped)]
    [InlineData("\"metadata\":{\"x\":1}", "metadata.x", ParameterFate.Dropped)]
    [InlineData("\"output_config\":{\"task_budget\":{}}", "output_config.task_budget", ParameterFate.Dropped)]
    public void What_no_other_dialect_knows_is_noted(string member, string path, ParameterFate fate)
    {
        var notes = new TranslationNotes();
        Wire.ReadRequest($$"""{"model":"m","messages":[],{{member}}}""", notes);
        TranslationNotes.Note note = Assert.Single(notes.All);
        Assert.Equal((path, fate), (note.Path, note.Fate));
    }

    [Fact]
    public void Blocks_of_Anthropic_alone_are_kept_whole()
    {
        ModelRequest request = Wire.ReadRequest("""{"messages":[{"role":"assistant","content":[{"type":"server_tool_use","id":"s","name":"web_search","input":{ }}]}]}""");
        Assert.Equal("""{"type":"server_tool_use","id":"s","name":"web_search","input":{ }}""",
            Assert.IsType<ContentPart.Opaque>(request.Messages[0].Content[0]).Json.ToString());
    }

    [Fact]
    public void Members_of_blocks_that_nobody_reads_are_noted()
    {
        var notes = new TranslationNotes();
        Wire.ReadRequest("""{"messages":[{"role":"user","content":[{"type":"document","citations":{"enabled":true},"source":{"type":"text","data":"d"}}]}]}""", notes);
        Assert.Equal("messages[0].content[0].citations", Assert.Single(notes.All).Path);
    }
}
