using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;

namespace Weir.Core.Tests.Dialects.OpenAiResponses;

/// <summary>Requests to and from canon: what is mapped, adapted, dropped and refused.</summary>
public class ResponsesRequestTests
{
    [Fact]
    public void Instructions_lead_and_what_the_model_made_is_one_turn()
    {
        var request = ResponsesKit.ReadRequest("""
            {"model":"m","instructions":"Be brief.","input":[
              {"role":"developer","content":"d"},
              {"role":"user","content":"a"},
              {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"p1"},{"type":"summary_text","text":"p2"}],"encrypted_content":"gAAA"},
              {"type":"message","role":"assistant","id":"msg_1","status":"completed","content":[{"type":"output_text","text":"b","annotations":[]}]},
              {"type":"function_call","id":"fc_1","call_id":"c1","name":"f","arguments":"{}","status":"completed"},
              {"type":"function_call","call_id":"c2","name":"f","arguments":"{}"},
              {"type":"function_call_output","call_id":"c1","output":"r1"},
              {"type":"function_call_output","call_id":"c2","output":[{"type":"input_text","text":"r2"},{"type":"input_image","image_url":"data:image/png;base64,AA=="}]}]}
            """);
        Assert.Equal([MessageRole.System, MessageRole.Developer, MessageRole.User, MessageRole.Assistant, MessageRole.Tool, MessageRole.Tool], request.Messages.Select(m => m.Role));
        Assert.Equal([new ContentPart.Thinking("p1\n\np2", "gAAA", "openai"), new ContentPart.Text("b"), new ContentPart.ToolCall("c1", "f", "{}"), new ContentPart.ToolCall("c2", "f", "{}")],
            request.Messages[3].Content);
        var result = Assert.IsType<ContentPart.ToolResult>(request.Messages[5].Content.Single());
        Assert.Equal([new ContentPart.Text("r2"), new ContentPart.Image(null, "AA==", "image/png", null, null)], result.Content);
    }

    [Fact]
    public void Freeform_tools_become_functions_with_one_string()
    {
        var notes = new TranslationNotes();
        var request = ResponsesKit.ReadRequest("""
            {"model":"m","input":"x","tools":[{"type":"custom","name":"apply_patch","description":"Edits.","format":{"type":"grammar","syntax":"lark","definition":"start: X"}},
              {"type":"web_search"},{"type":"namespace","name":"mcp__fs__","description":"d","tools":[{"type":"function","name":"read","parameters":{"type":"object"}}]}],
             "tool_choice":{"type":"custom","name":"apply_patch"}}
            """, notes);
        Assert.Equal(["apply_patch", "mcp__fs__read"], request.Tools.Select(t => t.Name));
        Assert.Contains("lark grammar:\nstart: X", request.Tools[0].Description, StringComparison.Ordinal);
        Assert.Equal("input", JsonNode.Parse(request.Tools[0].ParametersSchema.ToString())!["required"]![0]!.GetValue<string>());
        Assert.Equal(new ToolChoice(ToolChoiceMode.Named, "apply_patch"), request.ToolChoice);
        Assert.Equal([("tools[0]", ParameterFate.Adapted), ("tools[1]", ParameterFate.Dropped), ("tools[2]", ParameterFate.Adapted)], notes.All.Select(n => (n.Path, n.Fate)));
    }

    [Fact]
    public void Allowed_tools_are_the_only_ones_offered()
    {
        var request = ResponsesKit.ReadRequest("""
            {"model":"m","input":"x","tools":[{"type":"function","name":"a"},{"type":"function","name":"b"}],
             "tool_choice":{"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"b"}]}}
            """);
        Assert.Equal("b", Assert.Single(request.Tools).Name);
        Assert.Equal(ToolChoiceMode.Required, request.ToolChoice!.Mode);
    }

    [Theory]
    [InlineData("\"previous_response_id\":\"resp_1\"", "previous_response_id")]
    [InlineData("\"conversation\":\"conv_1\"", "conversation")]
    [InlineData("\"background\":true", "background")]
    [InlineData("\"tools\":[{\"type\":\"file_search\",\"vector_store_ids\":[\"v\"]}]", "tools[0]")]
    [InlineData("\"tools\":[{\"type\":\"mcp\",\"server_label\":\"s\"}]", "tools[0]")]
    [InlineData("\"tool_choice\":{\"type\":\"web_search_preview\"}", "tool_choice")]
    [InlineData("\"text\":{\"format\":{\"type\":\"grammar\"}}", "text.format")]
    [InlineData("\"input\":[{\"type\":\"item_reference\",\"id\":\"rs_1\"}]", "input[0]")]
    [InlineData("\"input\":[{\"type\":\"compaction\",\"encrypted_content\":\"x\"}]", "input[0]")]
    [InlineData("\"input\":[{\"type\":\"computer_call\",\"id\":\"x\"}]", "input[0]")]
    [InlineData("\"input\":[{\"role\":\"critic\",\"content\":\"x\"}]", "input[0].role")]
    [InlineData("\"prompt\":{\"id\":\"p\"}", "prompt", "input")]
    public void What_only_OpenAI_has_is_refused(string member, params string[] paths)
    {
        var notes = new TranslationNotes();
        var input = member.Contains("\"input\"", StringComparison.Ordinal) || member.Contains("prompt", StringComparison.Ordinal) ? "" : ",\"input\":\"x\"";
        ResponsesKit.ReadRequest($$"""{"model":"m",{{member}}{{input}}}""", notes);
        Assert.Subset(notes.All.Where(n => n.Fate == ParameterFate.Refused).Select(n => n.Path).ToHashSet(), paths.ToHashSet());
    }

    [Fact]
    public void No_member_is_ignored_silently()
    {
        var notes = new TranslationNotes();
        ResponsesKit.ReadRequest("""
            {"model":"m","input":[{"role":"user","content":"x","phase":"commentary"},{"type":"web_search_call","id":"ws_1"}],"stream":true,"store":true,"metadata":{"a":"b"},
             "max_tool_calls":3,"truncation":"auto","prompt_cache_key":"k","include":["reasoning.encrypted_content","web_search_call.results"],"stream_options":{"include_obfuscation":true},
             "reasoning":{"effort":"low","summary":"auto","context":"all_turns"},"text":{"verbosity":"low","tomorrow":1},"background":false,"tomorrow":1,"user":null}
            """, notes);
        Assert.Equal(
            [
                "include.web_search_call.results", "input[0].phase", "input[1]", "max_tool_calls", "prompt_cache_key", "reasoning.context",
                "stream_options.include_obfuscation", "text.tomorrow", "tomorrow", "truncation",
            ], notes.All.Select(n => n.Path).Order(StringComparer.Ordinal));
        Assert.All(notes.All, n => Assert.Equal(ParameterFate.Dropped, n.Fate));
    }

    [Fact]
    public void A_written_request_stores_nothing_and_takes_reasoning_back()
    {
        var written = JsonNode.Parse(ResponsesKit.WriteRequest(new ModelRequest
        {
            Model = "gpt-5",
            Stream = true,
            MaxOutputTokens = 1,
            Messages =
            [
                new Message(MessageRole.User, [new ContentPart.Text("a"), new ContentPart.Image("https://e.example/a.png", null, null, null, null)]),
                new Message(MessageRole.Assistant,
                [
                    new ContentPart.Thinking("t", "gAAA", "openai"), new ContentPart.Thinking("foreign", "s", "anthropic"), new ContentPart.RedactedThinking("gBBB", "openai"),
                    new ContentPart.Text("b"), new ContentPart.ToolCall(new string('x', 80), "f", ""),
                ]),
                new Message(MessageRole.Tool, [new ContentPart.ToolResult(new string('x', 80), [new ContentPart.Text("r")], false)]),
            ],
            Tools = [new ToolSpec("f", null, default, null)],
            ToolChoice = new ToolChoice(ToolChoiceMode.Named, "f"),
            Reasoning = new ReasoningSettings(true, null, 8000),
            UserId = new string('u', 100),
        }))!;
        Assert.False((bool)written["store"]!);
        Assert.Equal("reasoning.encrypted_content", (string?)written["include"]![0]);
        Assert.Equal(16, (int)written["max_output_tokens"]!);
        Assert.Equal("""{"effort":"medium","summary":"auto"}""", written["reasoning"]!.ToJsonString());
        Assert.False((bool)written["tools"]![0]!["strict"]!);
        Assert.Equal("f", (string?)written["tool_choice"]!["name"]);
        Assert.Equal(64, ((string)written["user"]!).Length);
        var input = written["input"]!.AsArray();
        Assert.Equal(["message", "reasoning", "reasoning", "message", "function_call", "function_call_output"], input.Select(i => (string?)i!["type"]));
        Assert.Equal(["gAAA", "gBBB"], input.Skip(1).Take(2).Select(i => (string?)i!["encrypted_content"]));
        Assert.Equal((string?)input[4]!["call_id"], (string?)input[5]!["call_id"]);
        Assert.True(((string)input[4]!["call_id"]!).Length <= 64);
        Assert.Equal("{}", (string?)input[4]!["arguments"]);
    }

    [Fact]
    public void Sealed_reasoning_is_not_asked_of_models_that_do_not_reason()
    {
        foreach (var (model, asked) in (ReadOnlySpan<(string, bool)>)[("gpt-4o", false), ("gpt-4.1-mini", false), ("gpt-5", true), ("o3", true), ("grok-4", true)])
            Assert.Equal(asked, JsonNode.Parse(ResponsesKit.WriteRequest(new ModelRequest { Model = model }))!["include"]!.AsArray().Count == 1);
    }

    [Fact]
    public void What_has_no_place_is_dropped_or_refused()
    {
        var notes = new TranslationNotes();
        ResponsesKit.WriteRequest(new ModelRequest
        {
            Model = "m",
            StopSequences = ["x"],
            Choices = 2,
            Seed = RawJson.FromText("1"),
            TopK = RawJson.FromText("1"),
            Messages = [new Message(MessageRole.User, [new ContentPart.Audio("AA==", "wav"), new ContentPart.Opaque("other", "t", default)])],
        }, notes);
        Assert.Equal(["n", "stop", "messages[0]"], notes.All.Where(n => n.Fate == ParameterFate.Refused).Select(n => n.Path).Distinct().OrderBy(p => p.Length));
        Assert.Equal(["top_k", "seed"], notes.All.Where(n => n.Fate == ParameterFate.Dropped).Select(n => n.Path));
    }

    [Fact]
    public void Reasoning_of_another_vendor_behind_the_same_dialect_keeps_its_name()
    {
        var quirks = UpstreamQuirks.None with { ReasoningVendor = "xai" };
        const string body = """{"id":"r","status":"completed","output":[{"type":"reasoning","id":"rs","summary":[],"encrypted_content":"blob"},{"type":"message","content":[{"type":"output_text","text":"a"}]}]}""";
        var (_, events) = ResponsesKit.Read(ResponsesKit.Bytes(body), false, quirks: quirks);
        Assert.Contains(new ModelEvent.Signature(0, "blob", "xai"), events);
        var request = new ModelRequest { Model = "m", Messages = [new Message(MessageRole.Assistant, [new ContentPart.RedactedThinking("blob", "xai")])] };
        Assert.Contains("blob", ResponsesKit.WriteRequest(request, quirks: quirks), StringComparison.Ordinal);
        Assert.DoesNotContain("blob", ResponsesKit.WriteRequest(request), StringComparison.Ordinal);
    }
}
