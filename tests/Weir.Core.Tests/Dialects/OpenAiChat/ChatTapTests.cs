using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;

namespace Weir.Core.Tests.Dialects.OpenAiChat;

public class ChatTapTests
{
    private const string Role = """data: {"id":"c1","model":"m-2","service_tier":"flex","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""" + "\n\n";
    private const string Hello = """data: {"id":"c1","choices":[{"index":0,"delta":{"content":"He\"llo"},"finish_reason":null}],"usage":null}""" + "\n\n";
    private const string Stop = """data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}""" + "\n\n";
    private const string Usage = """data: {"id":"c1","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":2}}}""" + "\n\n";
    private const string Done = "data: [DONE]\n\n";

    [Fact]
    public void Facts_of_a_complete_stream()
    {
        var facts = Run(Role + Hello + Stop + Usage + Done, wantsUsage: true).Facts;
        Assert.Equal(("c1", "m-2", "stop", true, true), (facts.ResponseId, facts.ServedModel, facts.FinishReason, facts.IsComplete, facts.UsageIsFinal));
        Assert.Equal(new Usage { InputUncached = 6, CacheRead = 4, OutputVisible = 3, Reasoning = 2, ServiceTier = "flex" }, facts.Usage);
        Assert.Equal(6, facts.OutputTextBytes);
    }

    [Theory]
    [InlineData("""{"choices":[],"prompt_filter_results":[{"prompt_index":0}]}""", false)]
    [InlineData("""{"choices":[{"delta":{"role":"assistant","content":"","refusal":null}}]}""", false)]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"reasoning_content":"x"}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"reasoning":"x"}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"reasoning_details":[{"type":"reasoning.encrypted","data":"x"}]}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"refusal":"x"}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"f"}}]}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"function_call":{"name":"f"}}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"audio":{"data":"AA"}}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"x"}]}]}}]}""", true)]
    public void Content_begins_with_the_first_chunk_that_says_something(string chunk, bool begun) =>
        Assert.Equal(begun, Run($"data: {chunk}\n\n", wantsUsage: true).Facts.ContentStarted);

    [Fact]
    public void Injected_usage_is_hidden_byte_for_byte()
    {
        var (facts, output) = Run(Role + Hello + Stop + Usage + Done, wantsUsage: false);
        Assert.Equal((Role + Hello + Stop + Done).Replace(",\"usage\":null", "", StringComparison.Ordinal), output);
        Assert.Equal(15, facts.Usage!.Value.InputTotal + facts.Usage.Value.OutputTotal);
    }

    [Theory]
    [InlineData("""data: {"usage":null,"choices":[{"delta":{"content":"a"}}]}""", """data: {"choices":[{"delta":{"content":"a"}}]}""")]
    [InlineData("""data: {"x":1, "usage" : null , "choices":[]}""", """data: {"x":1, "choices":[]}""")]
    [InlineData("""data: {"choices":[] , "usage": null }""", """data: {"choices":[]  }""")]
    [InlineData("""data: {"usage":null}""", """data: {}""")]
    [InlineData("""data: {"choices":[{"delta":{"content":"\"usage\":null"}}],"u":{"usage":null}}""", null)]
    [InlineData("""data: {"choices":[],"prompt_filter_results":[]}""", null)]
    [InlineData("""data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}""", null)]
    [InlineData("""data: {"choices":[],"usage":{"prompt_tokens":1""", null)]
    public void Only_the_null_member_with_one_comma_is_cut(string frame, string? expected) =>
        Assert.Equal((expected ?? frame) + "\r\n\r\n", Run(frame + "\r\n\r\n", wantsUsage: false).Output);

    [Theory]
    [InlineData("""data: {"error":{"message":"boom","type":"server_error","code":500}}""", "boom", 500)]
    [InlineData("""data: {"choices":[{"delta":{"content":""},"finish_reason":"error","error":{"code":502,"message":"boom"}}]}""", "boom", 502)]
    [InlineData("""data: {"error":"boom"}""", "boom", 0)]
    [InlineData("""error: {"error":{"message":"boom"}}""", "boom", 0)]
    [InlineData("""data: {"error":{"message":"boom","status_code":413}}""", "boom", 413)]
    public void An_error_inside_a_200_is_seen_before_and_after_content(string frame, string message, int status)
    {
        foreach (var before in new[] { "", Role, Role + Hello })
        {
            var facts = Run(before + frame + "\n\n" + Done, wantsUsage: true).Facts;
            Assert.Equal((message, status), (facts.Failure?.Message, facts.Failure?.Status));
            Assert.False(facts.IsComplete);
        }
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Without_its_end_marker_a_stream_may_close_only_when_every_choice_has_finished(int choices, bool may)
    {
        const string finish = """data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\n";
        const string usage = """data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1}}""" + "\n\n";
        var tap = ChatKit.Dialect.CreateTap(new RequestFacts { Model = "m", Stream = true, Choices = choices }, ChatKit.Target());

        ChatKit.Frames(ChatKit.Bytes(Role + Hello + finish + usage), () => int.MaxValue, (in Frame frame) => tap.OnFrame(frame, new System.Buffers.ArrayBufferWriter<byte>()));

        Assert.Equal((false, may), (tap.Facts.IsComplete, tap.Facts.MayEndUnmarked));
    }

    [Fact]
    public void A_cut_stream_is_not_complete_and_its_text_is_measured()
    {
        var facts = Run(Role + Hello + Hello + Hello, wantsUsage: true).Facts;
        Assert.False(facts.IsComplete);
        Assert.Null(facts.Usage);
        Assert.Equal(18, facts.OutputTextBytes);
    }

    [Fact]
    public void Running_usage_on_content_chunks_is_not_final()
    {
        const string running = """data: {"choices":[{"delta":{"content":"a"},"finish_reason":null}],"usage":{"prompt_tokens":3,"completion_tokens":1}}""" + "\n\n";
        var cut = Run(running + running, wantsUsage: true).Facts;
        Assert.Equal((false, 1L), (cut.UsageIsFinal, cut.Usage!.Value.OutputTotal));
        Assert.True(Run(running + Done, wantsUsage: true).Facts.UsageIsFinal);
    }

    [Theory]
    [InlineData("""{"prompt_tokens":12,"completion_tokens":2,"total_tokens":354,"completion_tokens_details":{"reasoning_tokens":340}}""", true, 12, 2, 340)]
    [InlineData("""{"prompt_tokens":12,"completion_tokens":2,"total_tokens":354}""", true, 12, 2, 340)]
    [InlineData("""{"prompt_tokens":12,"completion_tokens":2,"completion_tokens_details":{"reasoning_tokens":340}}""", false, 12, 2, 0)]
    [InlineData("""{"prompt_tokens":12,"completion_tokens":20,"total_tokens":999,"completion_tokens_details":{"reasoning_tokens":15}}""", false, 12, 5, 15)]
    [InlineData("""{"prompt_tokens":-1,"completion_tokens":"x","completion_tokens_details":null}""", false, 0, 0, 0)]
    public void Reasoning_is_counted_where_the_provider_counts_it(string usage, bool outside, long input, long visible, long reasoning)
    {
        var tap = ChatKit.Dialect.CreateTap(new RequestFacts { Model = "m" },
            ChatKit.Target(quirks: new UpstreamQuirks { ReasoningOutsideCompletion = outside }));
        tap.OnBody(ChatKit.Bytes($$"""{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}],"usage":{{usage}}}"""));
        var read = tap.Facts.Usage!.Value;
        Assert.Equal((input, visible, reasoning), (read.InputTotal, read.OutputVisible, read.Reasoning));
    }

    [Theory]
    [InlineData("")]
    [InlineData("data: \n\n")]
    [InlineData("data: {\"choices\":{\"a\":[1,{}]},\"usage\":[],\"error\":null,\"id\":7,\"model\":{}}\n\n")]
    [InlineData("data: {\"choices\":[1,null,{\"delta\":7,\"finish_reason\":{}}],\"x_groq\":1,\"id\":\"\\ud800\"}\n\n")]
    [InlineData(": comment\n\n\n\n")]
    public void Nonsense_teaches_nothing_and_passes_untouched(string stream)
    {
        var (facts, output) = Run(stream, wantsUsage: false);
        Assert.Equal(stream, output);
        Assert.Null(facts.Failure);
        Assert.False(facts.IsComplete);
    }

    [Theory]
    [InlineData("data: {\n\n")]
    [InlineData("data: nonsense\n\n")]
    [InlineData("data: []\n\n")]
    public void What_is_not_json_passes_untouched_and_counts_as_a_failure_only_before_the_first_content(string frame)
    {
        var (before, output) = Run(frame, wantsUsage: true);
        Assert.Equal((frame, "malformed_chunk"), (output, before.Failure?.Code));

        var (after, whole) = Run(Role + Hello + frame, wantsUsage: true);
        Assert.Equal((Role + Hello + frame, null), (whole, after.Failure));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_chunk_after_content_began_costs_no_allocation(bool wantsUsage)
    {
        var tap = ChatKit.Dialect.CreateTap(ChatKit.StreamFacts(wantsUsage), ChatKit.Target());
        var data = ChatKit.Bytes(Role + Hello.Replace("\"id\"", "\"model\":\"m\",\"service_tier\":\"default\",\"id\"", StringComparison.Ordinal))[(Role.Length + 6)..^2];
        var sink = new System.Buffers.ArrayBufferWriter<byte>(4_096);
        for (var i = 0; i < 3; i++)
            tap.OnFrame(new Frame(data, default, data), sink);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            sink.ResetWrittenCount();
            tap.OnFrame(new Frame(data, default, data), sink);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static (ResponseFacts Facts, string Output) Run(string stream, bool wantsUsage)
    {
        var (facts, output) = ChatKit.Tap(ChatKit.Bytes(stream), ChatKit.StreamFacts(wantsUsage), ChatKit.Target(), () => 7);
        return (facts, Encoding.UTF8.GetString(output));
    }
}
