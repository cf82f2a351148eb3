using Weir.Core.Canon;
using Weir.Core.Dialects;
using Xunit;

namespace Weir.Core.Tests.Dialects.AnthropicMessages;

public sealed class AnthropicTapTests
{
    private const string Start = """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":7,"cache_read_input_tokens":5,"cache_creation":{"ephemeral_5m_input_tokens":4,"ephemeral_1h_input_tokens":3},"output_tokens":2,"service_tier":"standard","inference_geo":"us"}}}""";
    private const string TextBlock = """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""";
    private const string Hello = """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}""";
    private const string Stop = """{"type":"message_stop"}""";

    private static string Delta(string usage, string? reason = "\"end_turn\"")
        => $$"""{"type":"message_delta","delta":{"stop_reason":{{reason ?? "null"}},"stop_sequence":null},"usage":{{usage}}}""";

    [Fact]
    public void Later_counters_override_earlier_ones_and_are_disjoint()
    {
        ResponseFacts facts = Wire.Tap(Wire.Stream(Start, TextBlock, Hello,
            Delta("""{"output_tokens":40,"output_tokens_details":{"thinking_tokens":30},"server_tool_use":{"web_search_requests":2}}"""), Stop));
        Assert.Equal(new Usage
        {
            InputUncached = 10,
            CacheRead = 5,
            CacheWrite5m = 4,
            CacheWrite1h = 3,
            OutputVisible = 10,
            Reasoning = 30,
            SearchUnits = 2,
            ServiceTier = "standard",
            Region = "us",
        }, facts.Usage);
        Assert.True(facts is { IsComplete: true, UsageIsFinal: true, ContentStarted: true, FinishReason: "end_turn", ServedModel: "claude-x", ResponseId: "msg_1" });
    }

    [Fact]
    public void The_end_may_restate_the_input_side()
    {
        ResponseFacts facts = Wire.Tap(Wire.Stream(Start,
            Delta("""{"input_tokens":99,"cache_creation_input_tokens":8,"cache_read_input_tokens":0,"output_tokens":1}""")));
        Assert.Equal((99, 0, 5, 3), (facts.Usage!.Value.InputUncached, facts.Usage.Value.CacheRead, facts.Usage.Value.CacheWrite5m, facts.Usage.Value.CacheWrite1h));
    }

    [Fact]
    public void Cache_writes_without_a_stated_lifetime_live_five_minutes()
    {
        ResponseFacts facts = Wire.TapBody(Wire.Bytes("""{"type":"message","usage":{"input_tokens":1,"cache_creation_input_tokens":9,"output_tokens":1}}"""));
        Assert.Equal((9, 0), (facts.Usage!.Value.CacheWrite5m, facts.Usage.Value.CacheWrite1h));
    }

    [Fact]
    public void Compaction_is_billed_on_top_of_the_top_level_counters()
    {
        ResponseFacts facts = Wire.Tap(Wire.Stream(Start, Delta("""
            {"input_tokens":612,"output_tokens":2819,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"iterations":[
            {"input_tokens":60385,"output_tokens":522,"cache_read_input_tokens":1,"cache_creation_input_tokens":2,"type":"compaction"},
            {"input_tokens":612,"output_tokens":2819,"type":"message"}]}
            """.ReplaceLineEndings(""))));
        Assert.Equal((60_997, 3341, 1, 2), (facts.Usage!.Value.InputUncached, facts.Usage.Value.OutputVisible, facts.Usage.Value.CacheRead, facts.Usage.Value.CacheWrite5m));
    }

    [Fact]
    public void The_provisional_count_of_the_start_is_not_final()
    {
        ResponseFacts facts = Wire.Tap(Wire.Stream(Start, TextBlock, Hello));
        Assert.False(facts.UsageIsFinal);
        Assert.False(facts.IsComplete);
        Assert.Equal(2, facts.Usage!.Value.OutputTotal);
        Assert.Equal(5, facts.OutputTextBytes);
    }

    [Fact]
    public void A_running_count_without_stop_reason_is_not_final()
        => Assert.False(Wire.Tap(Wire.Stream(Start, Delta("""{"output_tokens":3}""", reason: null))).UsageIsFinal);

    [Fact]
    public void Fast_mode_is_the_tier_that_is_priced()
        => Assert.Equal("fast", Wire.TapBody(Wire.Bytes("""{"type":"message","usage":{"input_tokens":1,"output_tokens":1,"service_tier":"standard","speed":"fast"}}""")).Usage!.Value.ServiceTier);

    public static TheoryData<string, bool> Beginnings => new()
    {
        { """{"type":"ping"}""", false },
        { TextBlock, false },
        { """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""", false },
        { """{"type":"content_block_start","index":0,"content_block":{"type":"fallback","from":{"model":"a"},"to":{"model":"b"}}}""", false },
        { """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":""}}""", false },
        { """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":""}}""", false },
        { Hello, true },
        { """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"h"}}""", true },
        { """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"s"}}""", true },
        { """{ "delta": { "text": "spaced out", "type": "text_delta" }, "index": 0, "type": "content_block_delta" }""", true },
        { """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"n","input":{}}}""", true },
        { """{"type":"content_block_start","index":0,"content_block":{"type":"redacted_thinking","data":"x"}}""", true },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void Content_starts_with_the_first_thing_the_model_says(string payload, bool started)
        => Assert.Equal(started, Wire.Tap(Wire.Stream(Start, payload)).ContentStarted);

    [Fact]
    public void A_fallback_names_the_model_that_serves()
        => Assert.Equal("b", Wire.Tap(Wire.Stream(Start,
            """{"type":"content_block_start","index":0,"content_block":{"type":"fallback","from":{"model":"a"},"to":{"model":"b"}}}""")).ServedModel);

    [Fact]
    public void Reasoning_and_visible_bytes_are_counted_apart()
    {
        ResponseFacts facts = Wire.Tap(Wire.Stream(Start,
            """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"four"}}""", Hello,
            """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}"""));
        Assert.Equal((7, 4), (facts.OutputTextBytes, facts.ReasoningTextBytes));
    }

    [Fact]
    public void An_error_event_is_a_failure_with_the_status_its_type_stands_for()
    {
        ResponseFacts facts = Wire.Tap(Wire.Stream(Start, """{"type":"error","error":{"details":null,"type":"overloaded_error","message":"Overloaded"},"request_id":"r"}"""));
        Assert.Equal(new UpstreamFailure(529, "overloaded_error", null, "Overloaded"), facts.Failure);
        Assert.False(facts.IsComplete);
    }

    [Fact]
    public void A_duplicate_start_changes_nothing()
    {
        ResponseFacts facts = Wire.Tap(Wire.Stream(Start, Start.Replace("msg_1", "msg_2", StringComparison.Ordinal), TextBlock, Hello, Delta("""{"output_tokens":4}"""), Stop));
        Assert.Equal((10, 4, "msg_1"), (facts.Usage!.Value.InputUncached, facts.Usage.Value.OutputTotal, facts.ResponseId));
        Assert.True(facts is { IsComplete: true, UsageIsFinal: true });
    }

    [Fact]
    public void A_stream_without_event_lines_is_understood()
    {
        string stream = string.Join("", new[] { Start, TextBlock, Hello, Delta("""{"output_tokens":4}"""), Stop }.Select(p => $"data: {p}\r\n\r\n"));
        ResponseFacts facts = Wire.Tap(Wire.Bytes(stream));
        Assert.True(facts is { IsComplete: true, UsageIsFinal: true, ContentStarted: true });
        Assert.Equal(4, facts.Usage!.Value.OutputTotal);
    }

    [Theory]
    [InlineData("event: message_delta\ndata: {\"type\":\"message_delta\",\"usage\":{\n\n")]
    [InlineData("event: content_block_delta\ndata: nonsense\n\n")]
    [InlineData("event: message_start\ndata: {\"message\":[1,2\n\n")]
    [InlineData("event: content_block_start\ndata: {\"content_block\":{\"type\":7}}\n\n")]
    [InlineData("event: error\ndata: <html>\n\n")]
    [InlineData("data: {\"type\":{}}\n\n: comment\n\n\n")]
    public void Malformed_frames_never_throw(string stream) => Assert.False(Wire.Tap(Wire.Bytes(stream)).IsComplete);

    [Fact]
    public void A_whole_message_is_final_and_a_cut_one_is_not()
    {
        const string Body = """{"id":"msg_1","type":"message","model":"c","content":[{"type":"thinking","thinking":"abc","signature":"s"},{"type":"text","text":"hello"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":2}}""";
        ResponseFacts facts = Wire.TapBody(Wire.Bytes(Body));
        Assert.True(facts is { IsComplete: true, UsageIsFinal: true, ContentStarted: true, OutputTextBytes: 5, ReasoningTextBytes: 3, FinishReason: "end_turn" });
        Assert.False(Wire.TapBody(Wire.Bytes(Body[..^1])).IsComplete);
    }

    [Fact]
    public void A_token_count_is_complete_and_free()
    {
        ResponseFacts facts = Wire.TapBody(Wire.Bytes("""{"input_tokens": 14}"""));
        Assert.True(facts is { IsComplete: true, UsageIsFinal: true });
        Assert.True(facts.Usage!.Value.IsEmpty);
    }

    [Fact]
    public void An_error_document_with_status_200_is_a_failure()
        => Assert.Equal("overloaded_error", Wire.TapBody(Wire.Bytes("""{"type":"error","error":{"type":"overloaded_error","message":"x"}}""")).Failure?.Type);

    [Fact]
    public void A_chunk_costs_no_allocation()
    {
        byte[] data = Wire.Bytes(Hello);
        IResponseTap tap = Wire.Dialect.CreateTap(new RequestFacts { Model = "m" }, Wire.Target);
        var replacement = new System.Buffers.ArrayBufferWriter<byte>();
        var frame = new Frame(data, "content_block_delta"u8, data);
        for (int i = 0; i < 1000; i++)
            tap.OnFrame(frame, replacement);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            tap.OnFrame(frame, replacement);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
