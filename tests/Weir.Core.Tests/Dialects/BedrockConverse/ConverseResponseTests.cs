using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Xunit;

namespace Weir.Core.Tests.Dialects.BedrockConverse;

public sealed class ConverseResponseTests
{
    private static byte[] Stream() => BedrockWire.Stream(
        ("messageStart", """{"role":"assistant","p":"abc"}"""),
        ("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"hm"}}}"""),
        ("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"SIG"}}}"""),
        ("contentBlockStop", """{"contentBlockIndex":0}"""),
        ("contentBlockDelta", """{"contentBlockIndex":1,"delta":{"text":"Hi"},"p":"text"}"""),
        ("contentBlockStop", """{"contentBlockIndex":1}"""),
        ("somethingNew", """{"x":1}"""),
        ("contentBlockStart", """{"contentBlockIndex":2,"start":{"toolUse":{"toolUseId":"t1","name":"f"}}}"""),
        ("contentBlockDelta", """{"contentBlockIndex":2,"delta":{"toolUse":{"input":"{\"a\":1.0}"}}}"""),
        ("contentBlockStop", """{"contentBlockIndex":2}"""),
        ("messageStop", """{"stopReason":"tool_use"}"""),
        ("metadata", """{"usage":{"inputTokens":5,"outputTokens":7,"totalTokens":24,"cacheReadInputTokens":10,"cacheWriteInputTokens":2,"cacheDetails":[{"ttl":"1h","inputTokens":2}]},"metrics":{"latencyMs":1},"serviceTier":{"type":"flex"}}"""));

    [Fact]
    public void A_stream_becomes_events()
    {
        var answer = ConverseAnswerSummary.Of(BedrockWire.Read(Stream(), true));
        Assert.Equal(("Hi", "hm", "f({\"a\":1.0})", "anthropic:SIG\n", StopReason.ToolUse), (answer.Text, answer.Thinking, answer.Calls, answer.Signatures, answer.Stop));
        Assert.Equal(new Usage { InputUncached = 5, CacheRead = 10, CacheWrite1h = 2, OutputVisible = 7, ServiceTier = "flex" }, answer.Usage);
    }

    [Theory]
    [InlineData(5, 7, 12, 0, 0, 5)]
    [InlineData(5, 7, 22, 10, 0, 5)]
    [InlineData(15, 7, 22, 10, 0, 5)]
    [InlineData(15, 7, 22, 4, 6, 5)]
    [InlineData(9, 7, 20, 4, 4, 5)]
    [InlineData(9, 7, 99, 4, 4, 9)]
    public void Input_that_includes_cached_tokens_is_told_by_the_total(long input, long output, long total, long read, long write, long uncached)
    {
        var body = $$$"""{"output":{"message":{"role":"assistant","content":[]}},"stopReason":"end_turn","usage":{"inputTokens":{{{input}}},"outputTokens":{{{output}}},"totalTokens":{{{total}}},"cacheReadInputTokens":{{{read}}},"cacheWriteInputTokens":{{{write}}}}}""";
        Assert.Equal(uncached, BedrockWire.Tap(BedrockWire.Bytes(body), false).Usage!.Value.InputUncached);
    }

    [Theory]
    [InlineData("throttlingException", 429)]
    [InlineData("validationException", 400)]
    [InlineData("serviceUnavailableException", 503)]
    [InlineData("modelStreamErrorException", 424)]
    [InlineData("internalServerException", 500)]
    public void An_exception_inside_a_stream_is_a_failure(string type, int status)
    {
        var bytes = BedrockWire.Stream(("messageStart", """{"role":"assistant"}"""), (type, """{"message":"no more"}"""));
        var facts = BedrockWire.Tap(bytes, true);
        Assert.Equal((status, type, "no more", false), (facts.Failure!.Status, facts.Failure.Type, facts.Failure.Message, facts.IsComplete));
        Assert.Equal("no more", ConverseAnswerSummary.Of(BedrockWire.Read(bytes, true)).Error);
    }

    [Theory]
    [InlineData("contentBlockDelta", "{")]
    [InlineData("contentBlockDelta", "nonsense")]
    [InlineData("messageStop", "[1")]
    [InlineData("metadata", "")]
    [InlineData("messageStart", "\"text\"")]
    [InlineData("contentBlockDelta", "[]")]
    [InlineData("contentBlockDelta", """{"contentBlockIndex":"x","delta":{"text":5}}""")]
    [InlineData("contentBlockStart", """{"start":7}""")]
    [InlineData("metadata", """{"usage":[1]}""")]
    public void Malformed_payloads_never_throw(string type, string payload)
    {
        var bytes = BedrockWire.Stream((type, payload));
        BedrockWire.Tap(bytes, true);
        BedrockWire.Read(bytes, true);
        BedrockWire.Read(BedrockWire.Bytes(payload), false);
    }

    [Fact]
    public void Interleaved_calls_come_out_one_after_another()
    {
        ModelEvent[] events =
        [
            new ModelEvent.Start("id", "m", null), new ModelEvent.ToolCallStart(0, "call:1", "a"), new ModelEvent.ToolCallStart(1, "c2", "b"),
            new ModelEvent.ToolArgumentsDelta(1, "{\"y\":"), new ModelEvent.ToolArgumentsDelta(0, "{\"x\":1}"), new ModelEvent.ToolArgumentsDelta(1, "2}"),
            new ModelEvent.BlockStop(0), new ModelEvent.BlockStop(1), new ModelEvent.UsageUpdate(new Usage { InputUncached = 1, OutputVisible = 2 }),
            new ModelEvent.Finish(StopReason.EndTurn, "stop"), new ModelEvent.End(),
        ];
        var order = new List<string>();
        BedrockWire.Frames(BedrockWire.Write(events, true), null, (in Frame frame) =>
            order.Add(Encoding.UTF8.GetString(frame.EventName) + (JsonNode.Parse(frame.Data)!["contentBlockIndex"]?.ToJsonString() ?? "")));
        Assert.Equal(["messageStart", "contentBlockStart0", "contentBlockDelta0", "contentBlockStop0", "contentBlockStart1", "contentBlockDelta1", "contentBlockStop1", "messageStop", "metadata"], order);
        var whole = JsonNode.Parse(BedrockWire.Write(events, false))!;
        Assert.Equal("tool_use", whole["stopReason"]!.GetValue<string>());
        Assert.Equal("call:1", Weir.Core.Dialects.BedrockConverse.ToolUseIds.ToOrigin(whole["output"]!["message"]!["content"]![0]!["toolUse"]!["toolUseId"]!.GetValue<string>()));
    }

    [Fact]
    public void Foreign_signatures_travel_sealed_and_come_back()
    {
        ModelEvent[] events =
        [
            new ModelEvent.BlockStart(0, BlockKind.Thinking), new ModelEvent.TextDelta(0, "t"), new ModelEvent.Signature(0, "gsig", "google"), new ModelEvent.BlockStop(0),
            new ModelEvent.BlockStart(1, BlockKind.RedactedThinking), new ModelEvent.Signature(1, "enc", "openai"), new ModelEvent.BlockStop(1),
            new ModelEvent.BlockStart(2, BlockKind.Text), new ModelEvent.TextDelta(2, "Hi"), new ModelEvent.BlockStop(2), new ModelEvent.Finish(StopReason.EndTurn, null), new ModelEvent.End(),
        ];
        var message = JsonNode.Parse(BedrockWire.Write(events, false))!["output"]!["message"]!.ToJsonString();
        var body = $$"""{"messages":[{"role":"user","content":[{"text":"q"}]},{{message}},{"role":"user","content":[{"text":"q2"}]}]}""";

        var parts = BedrockWire.ReadRequest(body).Messages[1].Content;
        Assert.Equal(new ContentPart.Thinking("t", "gsig", "google"), parts[0]);
        Assert.Equal(new ContentPart.RedactedThinking("enc", "openai"), parts[1]);

        // Natively they leave the history, since Bedrock would refuse the call.
        var facts = BedrockWire.Dialect.ReadFacts(BedrockWire.Bytes(body), BedrockWire.Whole).Facts!;
        var splices = new List<Splice>();
        BedrockWire.Dialect.PlanSplices(facts, BedrockWire.Target, splices);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Weir.Core.Dialects.JsonSplice.Splicer.Write(BedrockWire.Bytes(body), splices, output);
        BedrockWire.AssertJson("""[{"text":"Hi"}]""", JsonNode.Parse(output.WrittenSpan)!["messages"]![1]!["content"]);
    }

    [Fact]
    public void Errors_have_the_type_where_the_sdk_looks_for_it()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        BedrockWire.Dialect.WriteError(GatewayErrors.UnknownKey, "r", output);
        var error = JsonNode.Parse(output.WrittenSpan)!;
        Assert.Equal("UnrecognizedClientException", error["__type"]!.GetValue<string>());
        output.ResetWrittenCount();
        BedrockWire.Dialect.WriteStreamError(GatewayErrors.UpstreamCut("t", ""), "r", output, StreamFraming.AwsEventStream);
        Assert.Equal("modelStreamErrorException", BedrockWire.Tap(output.WrittenSpan.ToArray(), true).Failure!.Type);
    }
}
