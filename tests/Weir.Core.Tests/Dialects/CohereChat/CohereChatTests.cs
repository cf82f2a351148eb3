using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.CohereChat;
using Weir.Core.Tests.Dialects.AnthropicMessages;

namespace Weir.Core.Tests.Dialects.CohereChat;

public class CohereChatTests
{
    private static readonly DialectKit Kit = new(new CohereChatDialect());

    [Theory]
    [InlineData("""{"messages":[]}""", "missing_field", "model")]
    [InlineData("""{"model":"m"}""", "missing_field", "messages")]
    [InlineData("""{"model":"m","messages":[7]}""", "wrong_type", "messages[0]")]
    [InlineData("""{"model":"m","messages":[{"Role":"user"}]}""", "duplicate_key", "messages[0].Role")]
    public void What_is_wrong_is_named(string body, string code, string path)
    {
        var error = Kit.Refused(body);
        Assert.Equal((code, path), (error.Code, error.Param));
    }

    [Fact]
    public void A_request_is_read_whole_and_what_has_no_place_is_told()
    {
        var (request, notes) = Kit.Read("""
            {"model":"command-a","stream":true,"messages":[{"role":"system","content":"s"},
              {"role":"user","content":[{"type":"text","text":"u"},{"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}}]},
              {"role":"assistant","tool_plan":"I will.","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"c1","content":[{"type":"document","document":{"data":{"k":"v"}}}]}],
             "documents":[{"id":"d1","data":{"title":"T","text":"body"}},"plain"],"p":0.9,"k":5,"stop_sequences":["z"],"tool_choice":"REQUIRED",
             "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"strict_tools":true,"thinking":{"type":"enabled","token_budget":100},
             "response_format":{"type":"json_object","json_schema":{"type":"object"}},"safety_mode":"OFF"}
            """);
        Assert.False(notes.HasRefusals);
        Assert.Equal(("0.9", "5", ToolChoiceMode.Required, 100L, true), (request.TopP.ToString(), request.TopK.ToString(), request.ToolChoice!.Mode, request.Reasoning!.BudgetTokens!.Value, request.Tools[0].Strict!.Value));
        Assert.Equal(2, request.Messages[1].Content.OfType<ContentPart.Document>().Count());
        Assert.Equal("QUJD", request.Messages[1].Content.OfType<ContentPart.Image>().Single().Base64);
        Assert.Equal("I will.", request.Messages[2].Content.OfType<ContentPart.Text>().Single().Value);
        Assert.Equal(["documents:Adapted", "safety_mode:Dropped"], notes.All.Select(n => $"{n.Path}:{n.Fate}").Order());
    }

    [Fact]
    public void Text_beside_calls_is_written_as_the_plan_and_a_named_tool_alone_is_offered()
    {
        var (body, notes) = Kit.Write(new ModelRequest
        {
            Model = "m",
            Tools = [new ToolSpec("f", null, default, null), new ToolSpec("g", null, default, null)],
            ToolChoice = new ToolChoice(ToolChoiceMode.Named, "g"),
            TopK = RawJson.FromText("3"),
            Messages =
            [
                new Message(MessageRole.User, [new ContentPart.Text("u")]),
                new Message(MessageRole.Assistant, [new ContentPart.Text("plan"), new ContentPart.ToolCall("c", "g", "")]),
                new Message(MessageRole.User, [new ContentPart.ToolResult("c", [new ContentPart.Text("r"), new ContentPart.Image("http://i", null, null, null, null)], true)]),
            ],
        });
        var json = JsonNode.Parse(body)!;
        Assert.Equal(("plan", "{}"), ((string)json["messages"]![1]!["tool_plan"]!, (string)json["messages"]![1]!["tool_calls"]![0]!["function"]!["arguments"]!));
        Assert.Equal(("tool", "user"), ((string)json["messages"]![2]!["role"]!, (string)json["messages"]![3]!["role"]!));
        Assert.Equal(("g", "REQUIRED", 3), ((string)json["tools"]!.AsArray().Single()!["function"]!["name"]!, (string)json["tool_choice"]!, (int)json["k"]!));
        Assert.False(notes.HasRefusals);
    }

    [Fact]
    public void The_bill_counts_not_the_tokens()
    {
        var (facts, _) = Kit.Tap(DialectKit.Bytes("""
            {"id":"i","message":{"role":"assistant","content":[{"type":"text","text":"t"}]},"finish_reason":"MAX_TOKENS",
             "usage":{"billed_units":{"input_tokens":11,"output_tokens":4},"tokens":{"input_tokens":506,"output_tokens":5},"cached_tokens":448}}
            """), stream: false);
        Assert.Equal((11L, 4L, true, "MAX_TOKENS"), (facts.Usage!.Value.InputTotal, facts.Usage.Value.OutputTotal, facts.IsComplete, facts.FinishReason!));
    }

    [Fact]
    public void Arguments_that_are_null_are_none()
    {
        var (_, events) = Kit.Events(DialectKit.Bytes("""
            {"id":"i","message":{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"null"}}]},"finish_reason":"TOOL_CALL"}
            """), stream: false);
        Assert.Equal("{}", events.OfType<ModelEvent.ToolArgumentsDelta>().Single().Fragment);
    }

    [Fact]
    public void An_end_with_an_error_is_a_failure()
    {
        var stream = DialectKit.Bytes("event: message-end\ndata: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\",\"error\":\"broke\"}}\n\ndata: [DONE]\n\n");
        Assert.Equal("broke", Kit.Tap(stream, stream: true).Facts.Failure!.Message);
        var answer = Answer.Of(Kit.Events(stream, stream: true).Events);
        Assert.Equal(("broke", false), (answer.Error!, answer.IsEnded));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_can_be_read_again(bool stream)
    {
        List<ModelEvent> events =
        [
            new ModelEvent.Start("id", "served", 1),
            new ModelEvent.BlockStart(0, BlockKind.Thinking), new ModelEvent.TextDelta(0, "th"), new ModelEvent.BlockStop(0),
            new ModelEvent.BlockStart(1, BlockKind.Text), new ModelEvent.TextDelta(1, "a\nb"), new ModelEvent.BlockStop(1),
            new ModelEvent.ToolCallStart(2, "c1", "f"), new ModelEvent.ToolArgumentsDelta(2, "{\"x\":1}"), new ModelEvent.BlockStop(2),
            new ModelEvent.ToolCallStart(3, "c2", "g"), new ModelEvent.BlockStop(3),
            new ModelEvent.UsageUpdate(new Usage { InputUncached = 3, OutputVisible = 4 }),
            new ModelEvent.Finish(StopReason.ToolUse, "x"), new ModelEvent.End(),
        ];
        var (_, read) = Kit.Events(DialectKit.Bytes(Kit.Answer(events, stream)), stream);
        Assert.Equivalent(Answer.Of(events), Answer.Of(read));
    }
}
