using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Xunit;

namespace Weir.Core.Tests.Dialects.AnthropicMessages;

public sealed class AnthropicResponseTests
{
    private static readonly ModelEvent[] Interleaved =
    [
        new ModelEvent.Start("id1", "served", 5),
        new ModelEvent.BlockStart(0, BlockKind.Text), new ModelEvent.TextDelta(0, "hé"), new ModelEvent.BlockStop(0),
        new ModelEvent.ToolCallStart(1, "call_a", "f"), new ModelEvent.ToolArgumentsDelta(1, "{\"x\""),
        new ModelEvent.ToolCallStart(2, "call.b", "g"), new ModelEvent.ToolArgumentsDelta(2, "{\"y\""),
        new ModelEvent.ToolArgumentsDelta(1, ":1}"), new ModelEvent.ToolArgumentsDelta(2, ":2}"),
        new ModelEvent.BlockStop(2), new ModelEvent.BlockStop(1),
        new ModelEvent.Finish(StopReason.ToolUse, "tool_calls"),
        new ModelEvent.UsageUpdate(new Usage { InputUncached = 3, CacheRead = 4, OutputVisible = 5, Reasoning = 6 }),
        new ModelEvent.End(),
    ];

    [Fact]
    public void Interleaved_tool_calls_come_out_one_after_the_other()
    {
        List<JsonNode> payloads = Wire.Payloads(Wire.Write(Interleaved, stream: true));
        Assert.Equal(
            ["message_start", "content_block_start 0", "content_block_delta 0", "content_block_stop 0",
             "content_block_start 1", "content_block_delta 1", "content_block_delta 1", "content_block_stop 1",
             "content_block_start 2", "content_block_delta 2", "content_block_stop 2", "message_delta", "message_stop"],
            payloads.Select(p => $"{p["type"]} {p["index"]}".Trim()));
        Assert.Equal("weirx_Y2FsbC5i", payloads[8]["content_block"]!["id"]!.GetValue<string>());
        Assert.Equal("{\"y\":2}", payloads[9]["delta"]!["partial_json"]!.GetValue<string>());
        Wire.AssertJson("""
            {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},
             "usage":{"input_tokens":3,"cache_creation_input_tokens":0,"cache_read_input_tokens":4,"output_tokens":11,"output_tokens_details":{"thinking_tokens":6}}}
            """, payloads[^2]);
    }

    [Fact]
    public void A_whole_answer_is_one_document()
        => Wire.AssertJson("""
            {"id":"id1","type":"message","role":"assistant","model":"served","content":[{"type":"text","text":"hé"},
             {"type":"tool_use","id":"call_a","name":"f","input":{"x":1}},{"type":"tool_use","id":"weirx_Y2FsbC5i","name":"g","input":{"y":2}}],
             "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":3,"cache_creation_input_tokens":0,"cache_read_input_tokens":4,
             "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":11,"output_tokens_details":{"thinking_tokens":6}}}
            """, JsonNode.Parse(Wire.Write(Interleaved, stream: false)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_written_reads_back_the_same(bool stream)
    {
        byte[] bytes = Wire.Write(Interleaved, stream);
        Answer answer = Answer.Of(stream ? Wire.Read(bytes) : Wire.ReadBody(bytes));
        answer.AssertSameContent(Answer.Of(Interleaved), "round trip");
        Assert.Equal(Answer.Of(Interleaved).Usage, answer.Usage);
        Assert.Equal(StopReason.ToolUse, answer.Stop);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_never_ends_with_sealed_reasoning_unless_there_is_nothing_else(bool stream)
    {
        ModelEvent[] text = [new ModelEvent.BlockStart(0, BlockKind.Text), new ModelEvent.TextDelta(0, "hi"), new ModelEvent.BlockStop(0)];
        ModelEvent[] seal = [new ModelEvent.BlockStart(1, BlockKind.RedactedThinking), new ModelEvent.Signature(1, "enc", "google"), new ModelEvent.BlockStop(1)];
        ModelEvent[] call = [new ModelEvent.ToolCallStart(2, "call_a", "f"), new ModelEvent.BlockStop(2)];

        Assert.Equal(["text"], Kinds([.. text, .. seal]));
        Assert.Equal(["redacted_thinking"], Kinds(seal));
        Assert.Equal(["redacted_thinking", "text"], Kinds([.. seal, .. text]));
        Assert.Equal(["text", "redacted_thinking", "tool_use"], Kinds([.. text, .. seal, .. call]));

        IEnumerable<string> Kinds(ModelEvent[] blocks)
        {
            byte[] bytes = Wire.Write([new ModelEvent.Start("id1", "served", 5), .. blocks, new ModelEvent.Finish(StopReason.EndTurn, "STOP"), new ModelEvent.End()], stream);
            return stream
                ? Wire.Payloads(bytes).Where(p => p["type"]!.GetValue<string>() == "content_block_start").Select(p => p["content_block"]!["type"]!.GetValue<string>())
                : JsonNode.Parse(bytes)!["content"]!.AsArray().Select(b => b!["type"]!.GetValue<string>());
        }
    }

    [Fact]
    public void A_cut_stream_never_ends_like_a_complete_one()
    {
        string cut = Encoding.UTF8.GetString(Wire.Write(Interleaved[..^1], stream: true));
        Assert.DoesNotContain("message_stop", cut, StringComparison.Ordinal);
        Assert.DoesNotContain("message_delta", cut, StringComparison.Ordinal);
        string failed = Encoding.UTF8.GetString(Wire.Write([.. Interleaved[..3], new ModelEvent.Error("server_error", "boom", 503), new ModelEvent.End()], stream: true));
        Assert.EndsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"boom\"},\"request_id\":null}\n\n", failed, StringComparison.Ordinal);
        Assert.Empty(Wire.Write([.. Interleaved[..3], new ModelEvent.Error(null, "boom", null), new ModelEvent.End()], stream: false));
    }

    [Fact]
    public void A_tool_without_arguments_has_an_empty_object()
    {
        byte[] stream = Wire.Stream("""{"type":"message_start","message":{"id":"m","model":"c","usage":{"input_tokens":1,"output_tokens":1}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"now","input":{}}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":""}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":2}}""", """{"type":"message_stop"}""");
        Assert.Equal(new ModelEvent.ToolArgumentsDelta(0, "{}"), Wire.Read(stream).OfType<ModelEvent.ToolArgumentsDelta>().Single());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Signatures_of_any_vendor_come_back_from_the_client_byte_for_byte(bool stream)
    {
        byte[] written = Wire.Write(
        [
            new ModelEvent.Start("i", "m", null),
            new ModelEvent.BlockStart(0, BlockKind.Thinking), new ModelEvent.TextDelta(0, "a"), new ModelEvent.Signature(0, "EqQB+/=", "anthropic"), new ModelEvent.BlockStop(0),
            new ModelEvent.BlockStart(1, BlockKind.Thinking), new ModelEvent.TextDelta(1, "b"), new ModelEvent.Signature(1, "g+/=.x", "google"), new ModelEvent.BlockStop(1),
            new ModelEvent.BlockStart(2, BlockKind.RedactedThinking), new ModelEvent.Signature(2, "enc==", "openai"), new ModelEvent.BlockStop(2),
            new ModelEvent.BlockStart(3, BlockKind.Thinking), new ModelEvent.TextDelta(3, "unsigned"), new ModelEvent.BlockStop(3),
            new ModelEvent.Finish(StopReason.EndTurn, "stop"), new ModelEvent.End(),
        ], stream);
        // A client gathers the blocks and sends them back as its history.
        JsonArray content = stream ? Gathered(written) : JsonNode.Parse(written)!["content"]!.AsArray();
        ModelRequest next = Wire.ReadRequest($$"""{"messages":[{"role":"assistant","content":{{content.ToJsonString()}}}]}""");
        Assert.Equal([new ContentPart.Thinking("a", "EqQB+/=", "anthropic"), new ContentPart.Thinking("b", "g+/=.x", "google"),
            new ContentPart.RedactedThinking("enc==", "openai"), new ContentPart.Thinking("unsigned", null, "")], next.Messages[0].Content);
    }

    private static JsonArray Gathered(byte[] stream)
    {
        var content = new JsonArray();
        foreach (JsonNode payload in Wire.Payloads(stream))
        {
            if (payload["content_block"] is { } block)
                content.Add(block.DeepClone());
            if (payload["delta"] is not { } delta || payload["index"] is not { } index)
                continue;
            foreach (string name in new[] { "thinking", "signature" })
            {
                if (delta[name] is { } piece)
                    content[index.GetValue<int>()]![name] = content[index.GetValue<int>()]![name]!.GetValue<string>() + piece.GetValue<string>();
            }
        }

        return content;
    }

    [Theory]
    [InlineData(StopReason.EndTurn, "end_turn")]
    [InlineData(StopReason.MaxTokens, "max_tokens")]
    [InlineData(StopReason.StopSequence, "stop_sequence")]
    [InlineData(StopReason.ContentFilter, "refusal")]
    [InlineData(StopReason.Pause, "pause_turn")]
    [InlineData(StopReason.ContextWindow, "model_context_window_exceeded")]
    [InlineData(StopReason.Other, "end_turn")]
    [InlineData(StopReason.ToolUse, "end_turn")]
    public void Stop_reasons_have_Anthropics_words(StopReason reason, string word)
        => Assert.Equal(word, JsonNode.Parse(Wire.Write([new ModelEvent.Start(null, null, null), new ModelEvent.Finish(reason, null), new ModelEvent.End()], false))!["stop_reason"]!.GetValue<string>());

    [Fact]
    public void A_call_makes_the_stop_reason_tool_use()
        => Assert.Equal("tool_use", JsonNode.Parse(Wire.Write([new ModelEvent.ToolCallStart(0, "", "f"), new ModelEvent.Finish(StopReason.EndTurn, "stop"), new ModelEvent.End()], false))!["stop_reason"]!.GetValue<string>());

    [Fact]
    public void A_refusal_is_visible_text_and_says_so()
    {
        JsonNode message = JsonNode.Parse(Wire.Write([new ModelEvent.BlockStart(0, BlockKind.Refusal), new ModelEvent.TextDelta(0, "No."), new ModelEvent.Finish(StopReason.EndTurn, "stop"), new ModelEvent.End()], false))!;
        Assert.Equal(("No.", "refusal", "No."), (message["content"]![0]!["text"]!.GetValue<string>(), message["stop_reason"]!.GetValue<string>(), message["stop_details"]!["explanation"]!.GetValue<string>()));
        Answer read = Answer.Of(Wire.ReadBody(Wire.Bytes("""{"type":"message","content":[],"stop_reason":"refusal","stop_details":{"type":"refusal","explanation":"Blocked."}}""")));
        Assert.Equal(("Blocked.", StopReason.Refusal), (read.Refusal, read.Stop));
    }

    [Fact]
    public void A_start_spliced_into_a_stream_closes_what_is_open()
    {
        const string Start = """{"type":"message_start","message":{"id":"m","model":"c","usage":{"input_tokens":17,"output_tokens":1}}}""";
        const string Tool = """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}""";
        const string Part = """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}""";
        List<ModelEvent> events = Wire.Read(Wire.Stream(Start, Tool, Part, Start, Tool, Part, """{"type":"message_stop"}"""));
        Assert.Single(events.OfType<ModelEvent.Start>());
        Assert.Equal([0, 1], events.OfType<ModelEvent.ToolCallStart>().Select(e => e.Block));
        Assert.Equal([0, 1], events.OfType<ModelEvent.BlockStop>().Select(e => e.Block));
    }

    [Theory]
    [InlineData("<html>502</html>")]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("""{"type":"error","error":{"type":"api_error","message":"x"}}""")]
    public void A_body_that_is_no_message_is_an_error(string body)
    {
        List<ModelEvent> events = Wire.ReadBody(Wire.Bytes(body));
        Assert.IsType<ModelEvent.Error>(Assert.Single(events));
    }

    [Fact]
    public void An_error_event_ends_the_reading()
    {
        List<ModelEvent> events = Wire.Read(Wire.Stream("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", """{"type":"message_stop"}"""));
        Assert.Equal([new ModelEvent.Error("overloaded_error", "Overloaded", 529)], events);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_read_without_an_exception()
        => Assert.Equal("a\uFFFDb", Answer.Of(Wire.ReadBody(Wire.Bytes("""{"type":"message","content":[{"type":"text","text":"a\ud83db"}],"stop_reason":"end_turn"}"""))).Text);
}
