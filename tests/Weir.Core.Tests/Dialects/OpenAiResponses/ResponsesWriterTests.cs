using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;

namespace Weir.Core.Tests.Dialects.OpenAiResponses;

/// <summary>What clients of this dialect get: whole answers and streams, as the service sends them.</summary>
public class ResponsesWriterTests
{
    private const string Request = """
        {"model":"m","input":"x","instructions":"Be\nbrief.","temperature":0.50,"metadata":{"a":"b"},"tools":[
          {"type":"function","name":"get_weather","parameters":{"type":"object"}},
          {"type":"custom","name":"apply_patch","format":{"type":"grammar","syntax":"lark","definition":"start: X"}},
          {"type":"namespace","name":"files","description":"d","tools":[{"type":"function","name":"read","parameters":{"type":"object"},"strict":false}]}]}
        """;

    private static readonly ModelEvent[] Everything =
    [
        new ModelEvent.Start("up_1", "served", 1_700_000_123),
        new ModelEvent.BlockStart(0, BlockKind.Thinking),
        new ModelEvent.TextDelta(0, "Let me "),
        new ModelEvent.TextDelta(0, "see."),
        new ModelEvent.Signature(0, "sig", "anthropic"),
        new ModelEvent.BlockStop(0),
        new ModelEvent.BlockStart(1, BlockKind.RedactedThinking),
        new ModelEvent.Signature(1, "data", "anthropic"),
        new ModelEvent.BlockStop(1),
        new ModelEvent.BlockStart(2, BlockKind.Text),
        new ModelEvent.TextDelta(2, "Grüße "),
        new ModelEvent.TextDelta(2, "\"🌍\""),
        new ModelEvent.Citation(2, "other", RawJson.FromText("""{"type":"url_citation","url_citation":{"url":"https://e.example","title":"E","start_index":0,"end_index":5}}""")),
        new ModelEvent.Logprobs(2, RawJson.FromText("""{"content":[{"token":"G","logprob":-0.1,"bytes":[71],"top_logprobs":[]}]}""")),
        new ModelEvent.BlockStop(2),
        new ModelEvent.BlockStart(3, BlockKind.Refusal),
        new ModelEvent.TextDelta(3, "No."),
        new ModelEvent.BlockStop(3),
        new ModelEvent.ToolCallStart(4, "call_a", "get_weather"),
        new ModelEvent.ToolCallStart(5, "call_b", "apply_patch"),
        new ModelEvent.ToolArgumentsDelta(4, "{\"city\":"),
        new ModelEvent.ToolArgumentsDelta(5, "{\"input\":\"*** Begin"),
        new ModelEvent.ToolArgumentsDelta(4, "\"Rome\"}"),
        new ModelEvent.ToolArgumentsDelta(5, " Patch\\n\"}"),
        new ModelEvent.BlockStop(4),
        new ModelEvent.BlockStop(5),
        new ModelEvent.ToolCallStart(6, "call_c", "files__read"),
        new ModelEvent.BlockStop(6),
        new ModelEvent.UsageUpdate(new Usage { InputUncached = 10, CacheRead = 5, CacheWrite5m = 2, OutputVisible = 7, Reasoning = 3, ServiceTier = "priority" }),
        new ModelEvent.Finish(StopReason.ToolUse, "tool_use"),
        new ModelEvent.End(),
    ];

    [Fact]
    public void Events_come_in_the_services_order_with_rising_numbers()
    {
        var events = ResponsesKit.Events(ResponsesKit.Write(ResponsesKit.Shape(true, Request), Everything));
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(e => (int)e["sequence_number"]!));
        Assert.Equal("""
            created; in_progress;
            output_item.added 0; reasoning_summary_part.added 0; reasoning_summary_text.delta 0; reasoning_summary_text.delta 0;
            reasoning_summary_text.done 0; reasoning_summary_part.done 0; output_item.done 0;
            output_item.added 1; output_item.done 1;
            output_item.added 2; content_part.added 2; output_text.delta 2; output_text.delta 2; output_text.annotation.added 2;
            output_text.done 2; content_part.done 2; content_part.added 2; refusal.delta 2; refusal.done 2; content_part.done 2; output_item.done 2;
            output_item.added 3; output_item.added 4; function_call_arguments.delta 3; function_call_arguments.delta 3;
            function_call_arguments.done 3; output_item.done 3; custom_tool_call_input.delta 4; custom_tool_call_input.done 4; output_item.done 4;
            output_item.added 5; function_call_arguments.delta 5; function_call_arguments.done 5; output_item.done 5;
            completed
            """.ReplaceLineEndings(" "), string.Join("; ", events.Select(e => $"{((string)e["type"]!)["response.".Length..]} {e["output_index"]}".TrimEnd())));
    }

    [Fact]
    public void The_last_event_carries_what_the_whole_answer_says()
    {
        var last = ResponsesKit.Events(ResponsesKit.Write(ResponsesKit.Shape(true, Request), Everything))[^1]["response"]!;
        var whole = JsonNode.Parse(ResponsesKit.Write(ResponsesKit.Shape(false, Request), Everything))!;
        Assert.True(JsonNode.DeepEquals(whole, last));
        Assert.Equal("resp_weir_0123", (string?)whole["id"]);
        Assert.Equal("served", (string?)whole["model"]);
        Assert.Equal("completed", (string?)whole["status"]);
        Assert.Equal("priority", (string?)whole["service_tier"]);
        Assert.Equal("Be\nbrief.", (string?)whole["instructions"]);
        Assert.Equal("0.50", whole["temperature"]!.ToJsonString());
        Assert.Equal("""{"input_tokens":17,"input_tokens_details":{"cached_tokens":5,"cache_write_tokens":2},"output_tokens":10,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":27}""",
            whole["usage"]!.ToJsonString());
        var calls = whole["output"]!.AsArray().Skip(3).Select(c => $"{c!["type"]} {c["call_id"]} {c["namespace"]} {c["name"]} {c["arguments"]}{c["input"]}");
        Assert.Equal(["function_call call_a  get_weather {\"city\":\"Rome\"}", "custom_tool_call call_b  apply_patch *** Begin Patch\n", "function_call call_c files read {}"], calls);
    }

    [Fact]
    public void What_the_model_made_can_be_sent_back_as_the_next_turn()
    {
        var whole = JsonNode.Parse(ResponsesKit.Write(ResponsesKit.Shape(false, Request), Everything))!;
        var items = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "x" });
        foreach (var item in whole["output"]!.AsArray())
            items.Add(item!.DeepClone());
        var notes = new TranslationNotes();
        var request = ResponsesKit.ReadRequest(new JsonObject { ["model"] = "m", ["input"] = items }.ToJsonString(), notes);
        Assert.False(notes.HasRefusals, string.Join("; ", notes.All));
        var turn = request.Messages[^1];
        Assert.Equal(MessageRole.Assistant, turn.Role);
        Assert.Equal(
            [
                new ContentPart.Thinking("Let me see.", "sig", "anthropic"), new ContentPart.RedactedThinking("data", "anthropic"),
                new ContentPart.Text("Grüße \"🌍\""), new ContentPart.Refusal("No."), new ContentPart.ToolCall("call_a", "get_weather", "{\"city\":\"Rome\"}"),
                new ContentPart.ToolCall("call_b", "apply_patch", "{\"input\":\"*** Begin Patch\\n\"}"), new ContentPart.ToolCall("call_c", "files__read", "{}"),
            ], turn.Content);
    }

    [Theory]
    [InlineData(StopReason.MaxTokens, "max_output_tokens")]
    [InlineData(StopReason.ContextWindow, "max_output_tokens")]
    [InlineData(StopReason.ContentFilter, "content_filter")]
    [InlineData(StopReason.EndTurn, null)]
    public void An_answer_that_was_cut_off_is_incomplete(StopReason reason, string? incomplete)
    {
        ModelEvent[] events =
        [
            new ModelEvent.Start(null, null, null), new ModelEvent.BlockStart(0, BlockKind.Text), new ModelEvent.TextDelta(0, "a"),
            new ModelEvent.BlockStop(0), new ModelEvent.Finish(reason, null), new ModelEvent.End(),
        ];
        var whole = JsonNode.Parse(ResponsesKit.Write(ResponsesKit.Shape(false), events))!;
        var status = incomplete is null ? "completed" : "incomplete";
        Assert.Equal(status, (string?)whole["status"]);
        Assert.Equal(status, (string?)whole["output"]![0]!["status"]);
        Assert.Equal(incomplete, (string?)whole["incomplete_details"]?["reason"]);
        Assert.Equal("response." + status, (string?)ResponsesKit.Events(ResponsesKit.Write(ResponsesKit.Shape(true), events))[^1]["type"]);
    }

    [Fact]
    public void A_stream_without_its_end_has_no_last_event()
    {
        var events = ResponsesKit.Events(ResponsesKit.Write(ResponsesKit.Shape(true), Everything[..12]));
        Assert.DoesNotContain(events, e => (string?)e["type"] is "response.completed" or "response.incomplete");
        events = ResponsesKit.Events(ResponsesKit.Write(ResponsesKit.Shape(true), [.. Everything[..12], new ModelEvent.Error("overloaded", "Too much.", 529), new ModelEvent.End()]));
        Assert.Equal("error", (string?)events[^1]["type"]);
        Assert.Equal("Too much.", (string?)events[^1]["message"]);
        Assert.Equal("Too much.", (string?)events[^1]["error"]!["message"]);
        Assert.Equal(events.Count - 1, (int)events[^1]["sequence_number"]!);
    }

    [Fact]
    public void A_call_of_a_function_that_tool_search_found_has_its_declared_name_elsewhere()
    {
        var events = ResponsesKit.Read(ResponsesKit.Bytes("""
            {"id":"r","object":"response","status":"completed","model":"m","output":[{"type":"function_call","id":"fc_1","call_id":"call_1","namespace":"get_weather","name":"get_weather","arguments":"{}"},
             {"type":"function_call","id":"fc_2","call_id":"call_2","namespace":"files","name":"read","arguments":"{}"}]}
            """), false).Events;
        Assert.Equal(["get_weather", "files__read"], events.OfType<ModelEvent.ToolCallStart>().Select(c => c.Name));
    }

    [Fact]
    public void Everything_written_satisfies_the_published_schema()
    {
        Assert.SkipUnless(OpenApiSchema.Path is not null, CorpusReaderReason);
        var schema = OpenApiSchema.Load();
        Assert.NotEmpty(schema.Check(JsonNode.Parse("""{"id":"x"}"""), "Response"));
        var whole = JsonNode.Parse(ResponsesKit.Write(ResponsesKit.Shape(false, Request), Everything));
        Assert.Empty(schema.Check(whole, "Response"));
        Assert.Empty(schema.Check(JsonNode.Parse(ResponsesKit.Write(ResponsesKit.Shape(false), Everything)), "Response"));
        var events = ResponsesKit.Events(ResponsesKit.Write(ResponsesKit.Shape(true, Request), Everything));
        events.AddRange(ResponsesKit.Events(ResponsesKit.Write(ResponsesKit.Shape(true), [.. Everything[..3], new ModelEvent.Error(null, "x", null)])));
        Assert.All(events, e => Assert.Equal([], schema.Check(e, schema.EventSchema((string)e["type"]!))));
    }

    private const string CorpusReaderReason = "The OpenAPI document is not here: set WEIR_SHARED to the folder that holds specs/.";
}
