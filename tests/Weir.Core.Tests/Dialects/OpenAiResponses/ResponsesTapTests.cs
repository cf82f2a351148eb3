using Weir.Core.Canon;

namespace Weir.Core.Tests.Dialects.OpenAiResponses;

/// <summary>What a passing answer tells: the corners the recordings do not have.</summary>
public class ResponsesTapTests
{
    private const string Created = "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"model\":\"m\",\"status\":\"in_progress\",\"error\":null}}\n\n";
    private const string Delta = "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"a\\\"\\u00e9\",\"logprobs\":[]}\n\n";

    [Fact]
    public void Start_up_is_not_content()
    {
        var facts = ResponsesKit.Tap(ResponsesKit.Bytes(Created), true);
        Assert.Equal(("resp_1", "m", false, false), (facts.ResponseId, facts.ServedModel, facts.ContentStarted, facts.IsComplete));
        facts = ResponsesKit.Tap(ResponsesKit.Bytes(Created + Delta), true);
        Assert.Equal((true, false, 4L), (facts.ContentStarted, facts.IsComplete, facts.OutputTextBytes));
    }

    [Theory]
    [InlineData("event: error\ndata: {\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"slow\",\"param\":null,\"sequence_number\":1}\n\n", "rate_limit_exceeded")]
    [InlineData("event: error\ndata: {\"type\":\"error\",\"sequence_number\":1,\"error\":{\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"}}\n\n", "rate_limit_exceeded")]
    [InlineData("data: {\"type\":\"response.failed\",\"response\":{\"id\":\"r\",\"status\":\"failed\",\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"},\"usage\":null}}\n\n", "rate_limit_exceeded")]
    public void A_failure_inside_the_stream_is_one(string failure, string code)
    {
        foreach (var before in (string[])["", Created, Created + Delta])
        {
            var facts = ResponsesKit.Tap(ResponsesKit.Bytes(before + failure), true);
            Assert.Equal((code, "slow", false), (facts.Failure?.Code, facts.Failure?.Message, facts.IsComplete));
            var (_, events) = ResponsesKit.Read(ResponsesKit.Bytes(before + failure), true);
            Assert.Equal("slow", Assert.IsType<ModelEvent.Error>(events[^1]).Message);
        }
    }

    [Fact]
    public void An_incomplete_answer_is_whole_and_says_why()
    {
        const string end = "event: response.incomplete\ndata: {\"type\":\"response.incomplete\",\"response\":{\"id\":\"r\",\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"},\"output\":[],\"service_tier\":\"flex\",\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":4,\"cache_write_tokens\":2},\"output_tokens\":5,\"output_tokens_details\":{\"reasoning_tokens\":5},\"total_tokens\":14},\"tool_usage\":{\"web_search\":{\"num_requests\":3}}}}\n\n";
        var facts = ResponsesKit.Tap(ResponsesKit.Bytes(Created + Delta + end), true);
        Assert.True(facts.IsComplete && facts.UsageIsFinal);
        Assert.Equal("max_output_tokens", facts.FinishReason);
        Assert.Equal(new Usage { InputUncached = 3, CacheRead = 4, CacheWrite5m = 2, Reasoning = 5, SearchUnits = 3, ServiceTier = "flex" }, facts.Usage);
        var (_, events) = ResponsesKit.Read(ResponsesKit.Bytes(Created + Delta + end), true);
        Assert.Equal(StopReason.MaxTokens, events.OfType<ModelEvent.Finish>().Single().Reason);
    }

    [Theory]
    [InlineData("data: {broken\n\n")]
    [InlineData("data: 5\n\n")]
    public void Rubbish_before_content_is_a_failure_and_after_it_is_not(string rubbish)
    {
        Assert.NotNull(ResponsesKit.Tap(ResponsesKit.Bytes(rubbish), true).Failure);
        Assert.Null(ResponsesKit.Tap(ResponsesKit.Bytes(Created + Delta + rubbish), true).Failure);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"id":"r","output":[{"type":"message","content":[{"type":"output_text","text":"a"}]}]""")]
    public void A_body_that_is_no_response_is_not_complete(string body)
    {
        Assert.False(ResponsesKit.Tap(ResponsesKit.Bytes(body), false).IsComplete);
        var (facts, events) = ResponsesKit.Read(ResponsesKit.Bytes(body), false);
        Assert.NotNull(facts.Failure);
        Assert.IsType<ModelEvent.Error>(events[^1]);
    }

    [Fact]
    public void Items_that_only_the_last_event_has_are_read_from_it()
    {
        const string end = "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"status\":\"completed\",\"output\":[{\"type\":\"reasoning\",\"summary\":[],\"content\":[{\"type\":\"reasoning_text\",\"text\":\"hm\"}]},{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"hi\",\"annotations\":[]}]},{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"}]}}\n\n";
        var (_, events) = ResponsesKit.Read(ResponsesKit.Bytes(end), true);
        Assert.Equal(["hm", "hi"], events.OfType<ModelEvent.TextDelta>().Select(t => t.Text));
        Assert.Equal(new ModelEvent.ToolCallStart(2, "c", "f"), events.OfType<ModelEvent.ToolCallStart>().Single());
        Assert.Equal(StopReason.ToolUse, events.OfType<ModelEvent.Finish>().Single().Reason);
    }

    [Fact]
    public void An_item_is_recognised_in_the_last_event_by_its_id()
    {
        const string item = """{"type":"message","id":"msg_1","content":[{"type":"output_text","text":"hi","annotations":[]}]}""";
        var stream = $"data: {{\"type\":\"response.output_item.done\",\"output_index\":2,\"item\":{item}}}\n\n"
            + $"data: {{\"type\":\"response.completed\",\"response\":{{\"id\":\"r\",\"status\":\"completed\",\"output\":[{item}]}}}}\n\n";
        Assert.Equal("hi", Assert.Single(ResponsesKit.Read(ResponsesKit.Bytes(stream), true).Events.OfType<ModelEvent.TextDelta>()).Text);
    }
}
