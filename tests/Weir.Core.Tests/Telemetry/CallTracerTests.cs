using System.Diagnostics;
using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Dialects;
using Weir.Core.Metering;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Telemetry;
using Xunit;

namespace Weir.Core.Tests.Telemetry;

public sealed class CallTracerTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string Incoming = $"00-{TraceId}-b7ad6b7169203331-01";

    private static readonly Target Groq = new()
    {
        Name = "groq/llama",
        Provider = new Provider
        {
            Name = "groq",
            Kind = "groq",
            BaseUrl = new Uri("https://api.groq.test:8443/openai/v1"),
            Dialects = new Dictionary<string, Uri?>(),
            Auth = AuthScheme.Bearer,
            PriceProvider = "groq",
            Timeouts = UpstreamTimeouts.Default,
            TelemetryName = "groq",
        },
        Model = "llama",
        Prices = PriceSchedule.Unpriced,
        DefaultMaxOutputTokens = 1,
    };

    private static readonly LedgerSettlement Failed = new()
    {
        Outcome = AttemptOutcome.Failed,
        Status = 503,
        Usage = new Usage { InputUncached = 5, CacheRead = 2, OutputVisible = 3, Reasoning = 4 },
        UsageSource = UsageSource.Reported,
        Cost = new Money(42),
        PriceState = PriceState.Priced,
        Duration = TimeSpan.FromSeconds(1),
        ErrorCode = "overloaded",
    };

    [Fact]
    public void Without_a_listener_the_clients_context_passes_through_and_nothing_is_allocated()
    {
        using var tracer = new CallTracer();
        for (var i = 0; i < 2; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var call = tracer.StartCall(Operation.Chat, "openai-chat", "req_1", Incoming, "a=b");
            var attempt = tracer.StartAttempt(call, Operation.Chat, Groq, 1);
            attempt.End(Failed);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal((Incoming, "a=b"), (attempt.TraceParent, attempt.TraceState));
            // The first round pays for the JIT. A listener of a parallel test would make this a traced call.
            if (i == 1 && !tracer.Enabled)
                Assert.Equal(0, allocated);
        }
    }

    [Fact]
    public void With_a_listener_the_call_continues_the_clients_trace_and_the_attempt_hangs_below_it()
    {
        using var tracer = new CallTracer();
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source.Name, MetricNames.Source) || source.Name == MetricNames.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId.ToHexString() == TraceId)
                    ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);

        var call = tracer.StartCall(Operation.Chat, "openai-chat", "req_1", Incoming, "a=b");
        var attempt = tracer.StartAttempt(call, Operation.Chat, Groq, 2);
        var sent = attempt.TraceParent;
        attempt.End(Failed);
        call.End(new RequestRecord { Id = "req_1", StartedAt = DateTimeOffset.UnixEpoch, Operation = "chat", Dialect = "openai-chat", Model = "smart", Attempts = 2, Status = 502, Outcome = "upstream_failed", Duration = TimeSpan.FromSeconds(1) });

        Assert.Equal(2, ended.Count);
        var (below, above) = (ended[0], ended[1]);
        Assert.Equal("b7ad6b7169203331", above.ParentSpanId.ToHexString());
        Assert.Equal(above.SpanId, below.ParentSpanId);
        Assert.Equal($"00-{TraceId}-{below.SpanId.ToHexString()}-01", sent);
        Assert.Equal(("chat llama", ActivityKind.Client), (below.DisplayName, below.Kind));
        Assert.Equal(("chat smart", ActivityKind.Server), (above.DisplayName, above.Kind));
        Assert.Equal("groq", below.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("api.groq.test", below.GetTagItem("server.address"));
        Assert.Equal(8443, below.GetTagItem("server.port"));
        Assert.Equal(7L, below.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(7L, below.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.Equal(2L, below.GetTagItem("gen_ai.usage.cache_read.input_tokens"));
        Assert.Equal(4L, below.GetTagItem("gen_ai.usage.reasoning.output_tokens"));
        Assert.Equal("overloaded", below.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, below.Status);
        Assert.Equal(ActivityStatusCode.Error, above.Status);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData(null)]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    public void Unreadable_context_starts_a_new_trace(string? incoming)
    {
        using var tracer = new CallTracer();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MetricNames.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        var call = tracer.StartCall(Operation.Embeddings, "openai-embeddings", "req_1", incoming, null);
        Assert.NotEqual(default, call.Activity!.TraceId);
        Assert.Equal(default, call.Activity.ParentSpanId);
        call.Activity.Dispose();
    }
}
