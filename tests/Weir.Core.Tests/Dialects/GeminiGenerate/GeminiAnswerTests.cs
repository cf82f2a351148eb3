using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Tests.Dialects.AnthropicMessages;
using Xunit;

namespace Weir.Core.Tests.Dialects.GeminiGenerate;

public sealed class GeminiAnswerTests
{
    private const string Tail = ""","usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":3,"totalTokenCount":13},"modelVersion":"gemini-3-flash","responseId":"r-1"}""";

    private static string Chunk(string parts, string more = "") => $$"""{"candidates":[{"content":{"parts":[{{parts}}],"role":"model"},"index":0{{more}}}]{{Tail}}""";

    [Fact]
    public void Chunks_are_joined_into_blocks_and_signatures_stay_where_they_were()
    {
        List<ModelEvent> events = GeminiKit.Read(GeminiKit.Sse(Chunk("""{"text":"hm","thought":true}"""), Chunk("""{"text":"m","thought":true}"""), Chunk("""{"text":"Hel"}"""), Chunk("""{"text":"lo"}"""),
            Chunk("""{"text":"","thoughtSignature":"T=="}"""), Chunk("""{"functionCall":{"name":"f","args":{"a":1.0}},"thoughtSignature":"C=="},{"functionCall":{"id":"own","name":"g"}}"""), Chunk("""{"text":""}""", ""","finishReason":"STOP" """)));
        Assert.Equal(
        [
            new ModelEvent.Start("r-1", "gemini-3-flash", null),
            new ModelEvent.BlockStart(0, BlockKind.Thinking), new ModelEvent.TextDelta(0, "hm"), new ModelEvent.TextDelta(0, "m"), new ModelEvent.BlockStop(0),
            new ModelEvent.BlockStart(1, BlockKind.Text), new ModelEvent.TextDelta(1, "Hel"), new ModelEvent.TextDelta(1, "lo"), new ModelEvent.BlockStop(1),
            new ModelEvent.BlockStart(2, BlockKind.RedactedThinking), new ModelEvent.Signature(2, "T==", "google"), new ModelEvent.BlockStop(2),
            new ModelEvent.ToolCallStart(3, "gcall_r-1_0", "f") { CallSignature = "C==", Vendor = "google" }, new ModelEvent.ToolArgumentsDelta(3, """{"a":1.0}"""), new ModelEvent.BlockStop(3),
            new ModelEvent.ToolCallStart(4, "own", "g"), new ModelEvent.ToolArgumentsDelta(4, "{}"), new ModelEvent.BlockStop(4),
            new ModelEvent.Finish(StopReason.ToolUse, "STOP"), new ModelEvent.End(),
        ], events.Where(e => e is not ModelEvent.UsageUpdate));
    }

    [Fact]
    public void Usage_classes_are_disjoint_and_sum_to_the_total()
    {
        ResponseFacts facts = GeminiKit.TapBody("""
            {"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP","groundingMetadata":{"webSearchQueries":["a","b"]}}],"modelVersion":"m",
             "usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":40,"candidatesTokenCount":20,"thoughtsTokenCount":7,"toolUsePromptTokenCount":5,"totalTokenCount":132,"trafficType":"ON_DEMAND_PRIORITY",
              "promptTokensDetails":[{"modality":"TEXT","tokenCount":70},{"modality":"AUDIO","tokenCount":30}],"cacheTokensDetails":[{"modality":"AUDIO","tokenCount":10}],
              "candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":12},{"modality":"TEXT","tokenCount":8}]}}
            """u8.ToArray());
        Usage usage = facts.Usage!.Value;
        Assert.Equal((45L, 40L, 20L), (usage.InputUncached, usage.CacheRead, usage.InputAudio));
        Assert.Equal((8L, 12L, 7L, 2L, "priority"), (usage.OutputVisible, usage.OutputImage, usage.Reasoning, usage.SearchUnits, usage.ServiceTier));
        Assert.Equal(132, usage.InputTotal + usage.OutputTotal);
        Assert.True(facts.UsageIsFinal && facts.IsComplete);
        Assert.Equal(1, GeminiKit.TapBody("""{"candidates":[{"finishReason":"STOP","groundingMetadata":{"webSearchQueries":["a","b"]}}],"usageMetadata":{"promptTokenCount":1}}"""u8.ToArray(), "gemini-2.5-flash").Usage!.Value.SearchUnits);
    }

    [Theory]
    [InlineData("""{"candidates":[{"finishReason":"SAFETY","index":0}]}""", StopReason.ContentFilter, "SAFETY")]
    [InlineData("""{"candidates":[{"finishReason":"RECITATION"}]}""", StopReason.ContentFilter, "RECITATION")]
    [InlineData("""{"candidates":[{"finishReason":"MODEL_ARMOR"}]}""", StopReason.ContentFilter, "MODEL_ARMOR")]
    [InlineData("""{"candidates":[{"finishReason":"MAX_TOKENS"}]}""", StopReason.MaxTokens, "MAX_TOKENS")]
    [InlineData("""{"candidates":[{"finishReason":"SOMETHING_NEW"}]}""", StopReason.Other, "SOMETHING_NEW")]
    [InlineData("""{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":4,"totalTokenCount":4}}""", StopReason.ContentFilter, "PROHIBITED_CONTENT")]
    public void Finish_and_block_reasons_are_understood(string body, StopReason reason, string native)
    {
        foreach (List<ModelEvent> events in new[] { GeminiKit.ReadBody(Encoding.UTF8.GetBytes(body)), GeminiKit.Read(GeminiKit.Sse(body)), GeminiKit.Read(Encoding.UTF8.GetBytes($"[{body}]")) })
        {
            Assert.Equal(new ModelEvent.Finish(reason, native), Assert.Single(events.OfType<ModelEvent.Finish>()));
            Assert.IsType<ModelEvent.End>(events[^1]);
        }
    }

    [Fact]
    public void A_call_the_model_could_not_make_is_an_error_that_another_target_may_mend()
    {
        var error = Assert.IsType<ModelEvent.Error>(GeminiKit.ReadBody("""{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL","finishMessage":"Malformed function call: x("}]}"""u8.ToArray())[^1]);
        Assert.Equal(("MALFORMED_FUNCTION_CALL", "Malformed function call: x(", 502), (error.Type, error.Message, error.Status));
        Assert.IsNotType<ModelEvent.Error>(GeminiKit.ReadBody("""{"candidates":[{"content":{"parts":[{"text":"so"}]},"finishReason":"MALFORMED_FUNCTION_CALL"}]}"""u8.ToArray())[^1]);
    }

    [Theory]
    [InlineData("""[{"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}}]""")]
    [InlineData("""{"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}}""")]
    public void An_error_under_a_200_is_one(string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        Assert.Equal((503, "overloaded"), (GeminiKit.TapBody(bytes).Failure!.Status, GeminiKit.TapBody(bytes).Failure!.Message));
        Assert.False(GeminiKit.TapBody(bytes).IsComplete);
        Assert.Equal(503, Assert.IsType<ModelEvent.Error>(GeminiKit.ReadBody(bytes)[^1]).Status);
    }

    [Fact]
    public void Streamed_arguments_are_put_together()
    {
        List<ModelEvent> events = GeminiKit.Read(GeminiKit.Sse(Chunk("""{"functionCall":{"name":"f","willContinue":true},"thoughtSignature":"S"}"""),
            Chunk("""{"functionCall":{"partialArgs":[{"jsonPath":"$.where.city","stringValue":"Rī","willContinue":true}],"willContinue":true}}"""),
            Chunk("""{"functionCall":{"partialArgs":[{"jsonPath":"$.where.city","stringValue":"ga"},{"jsonPath":"$.list[1].n","numberValue":0.3},{"jsonPath":"$.ok","boolValue":true},{"jsonPath":"$.none","nullValue":null}],"willContinue":true}}"""),
            Chunk("""{"functionCall":{}}""", ""","finishReason":"STOP" """)));
        Assert.Equal("S", Assert.Single(events.OfType<ModelEvent.ToolCallStart>()).CallSignature);
        Assert.Equal("""{"where":{"city":"Rīga"},"list":[null,{"n":0.3}],"ok":true,"none":null}""", Assert.Single(events.OfType<ModelEvent.ToolArgumentsDelta>()).Fragment);
    }

    [Theory]
    [InlineData(StreamFraming.ServerSentEvents)]
    [InlineData(StreamFraming.JsonArray)]
    public void A_written_stream_says_the_same_when_read(StreamFraming framing)
    {
        ModelEvent[] events =
        [
            new ModelEvent.Start("msg_1", "claude", null), new ModelEvent.BlockStart(0, BlockKind.Thinking), new ModelEvent.TextDelta(0, "why"), new ModelEvent.Signature(0, "Eq+/=", "anthropic"), new ModelEvent.BlockStop(0),
            new ModelEvent.BlockStart(1, BlockKind.RedactedThinking), new ModelEvent.Signature(1, "enc", "anthropic"), new ModelEvent.BlockStop(1),
            new ModelEvent.BlockStart(2, BlockKind.Text), new ModelEvent.TextDelta(2, "a\nb"), new ModelEvent.BlockStop(2),
            new ModelEvent.ToolCallStart(3, "toolu_1", "f"), new ModelEvent.ToolCallStart(4, "toolu_2", "g"), new ModelEvent.ToolArgumentsDelta(4, "{\"b\":\n2}"), new ModelEvent.ToolArgumentsDelta(3, "not json"),
            new ModelEvent.BlockStop(3), new ModelEvent.BlockStop(4), new ModelEvent.Finish(StopReason.ToolUse, "tool_use"),
            new ModelEvent.UsageUpdate(new Usage { InputUncached = 3, CacheRead = 4, OutputVisible = 5, Reasoning = 6 }), new ModelEvent.End(),
        ];
        byte[] stream = GeminiKit.WriteAnswer(events, stream: true, framing);
        if (framing == StreamFraming.JsonArray)
            Assert.NotNull(JsonNode.Parse(stream));
        List<ModelEvent> again = GeminiKit.Read(stream);
        Answer answer = Answer.Of(again);
        Assert.Equal(("why", "a\nb", StopReason.ToolUse, true), (answer.Thinking, answer.Text, answer.Stop, answer.IsEnded));
        Assert.Equal([("f", """{"_raw_arguments":"not json"}"""), ("g", """{"b":2}""")], answer.Calls);
        Assert.Equal(["toolu_1", "toolu_2"], again.OfType<ModelEvent.ToolCallStart>().Select(c => c.Id));
        Assert.Equal((7L, 4L, 5L, 6L), (answer.Usage.InputTotal, answer.Usage.CacheRead, answer.Usage.OutputVisible, answer.Usage.Reasoning));
        JsonNode whole = JsonNode.Parse(GeminiKit.WriteAnswer(events, stream: false))!;
        Assert.Equal(("STOP", "claude", "msg_1"), (whole["candidates"]![0]!["finishReason"]!.GetValue<string>(), whole["modelVersion"]!.GetValue<string>(), whole["responseId"]!.GetValue<string>()));
        Assert.Equal(18, whole["usageMetadata"]!["totalTokenCount"]!.GetValue<int>());
    }

    [Fact]
    public void Without_an_end_nothing_looks_complete()
    {
        ModelEvent[] cut = [new ModelEvent.Start("i", "m", null), new ModelEvent.BlockStart(0, BlockKind.Text), new ModelEvent.TextDelta(0, "half"), new ModelEvent.Finish(StopReason.EndTurn, "stop")];
        Assert.Null(GeminiKit.Tap(GeminiKit.WriteAnswer(cut, stream: true)).FinishReason);
        Assert.Empty(GeminiKit.WriteAnswer(cut, stream: false));
    }

    [Fact]
    public void Log_probabilities_cross_in_both_directions()
    {
        List<ModelEvent> events = GeminiKit.ReadBody(Encoding.UTF8.GetBytes(Chunk("""{"text":"a"}""", ""","finishReason":"STOP","logprobsResult":{"chosenCandidates":[{"token":"a","tokenId":3,"logProbability":-0.5}],"topCandidates":[{"candidates":[{"token":"a","logProbability":-0.5},{"token":"b","logProbability":-2}]}]} """)));
        Assert.Equal("""{"content":[{"token":"a","logprob":-0.5,"bytes":null,"top_logprobs":[{"token":"a","logprob":-0.5,"bytes":null},{"token":"b","logprob":-2,"bytes":null}]}]}""", Assert.Single(events.OfType<ModelEvent.Logprobs>()).Json.ToString());
        JsonNode result = JsonNode.Parse(GeminiKit.WriteAnswer(events, stream: false))!["candidates"]![0]!["logprobsResult"]!;
        Assert.Equal("""{"chosenCandidates":[{"token":"a","logProbability":-0.5}],"topCandidates":[{"candidates":[{"token":"a","logProbability":-0.5},{"token":"b","logProbability":-2}]}]}""", result.ToJsonString());
    }

    [Fact]
    public void A_tap_waits_for_every_candidate_and_counts_cost_nothing()
    {
        const string one = """{"candidates":[{"content":{"parts":[{"text":"a"}]},"index":0,"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1}}""";
        Assert.False(GeminiKit.Tap(GeminiKit.Sse(one), choices: 2).UsageIsFinal);
        Assert.True(GeminiKit.Tap(GeminiKit.Sse(one, one.Replace("\"index\":0", "\"index\":1", StringComparison.Ordinal)), choices: 2).UsageIsFinal);
        ResponseFacts count = GeminiKit.TapBody("""{"totalTokens":11}"""u8.ToArray());
        Assert.True(count.IsComplete && count.Usage is { IsEmpty: true });
        Assert.True(GeminiKit.TapBody("""{"embeddings":[{"values":[0.1]}]}"""u8.ToArray()).IsComplete);
        Assert.False(GeminiKit.TapBody("<html>"u8.ToArray()).IsComplete);
        Assert.False(GeminiKit.TapBody("{}"u8.ToArray()).IsComplete);
    }

    [Fact]
    public void Errors_have_Googles_shape()
    {
        var error = new GatewayError(ErrorKind.RateLimited, Step.Dispatch, Party.Upstream, 429, "upstream_rate_limited", "slow down") { RetryAfter = TimeSpan.FromSeconds(1.5) };
        var output = new ArrayBufferWriter<byte>();
        GeminiKit.Dialect.WriteError(error, "req_1", output);
        JsonNode body = JsonNode.Parse(output.WrittenSpan)!["error"]!;
        Assert.Equal((429, "RESOURCE_EXHAUSTED", "slow down"), (body["code"]!.GetValue<int>(), body["status"]!.GetValue<string>(), body["message"]!.GetValue<string>()));
        UpstreamFailure read = GeminiKit.Dialect.ReadError(429, output.WrittenSpan);
        Assert.Equal(("RESOURCE_EXHAUSTED", TimeSpan.FromSeconds(1.5)), (read.Type, read.RetryAfter));
        var stream = new ArrayBufferWriter<byte>();
        GeminiKit.Dialect.WriteStreamError(error, "req_1", stream, StreamFraming.JsonArray);
        Assert.NotNull(JsonNode.Parse("[{}" + Encoding.UTF8.GetString(stream.WrittenSpan)));
    }
}
