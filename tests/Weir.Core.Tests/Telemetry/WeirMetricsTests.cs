using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text;
using Weir.Core.Catalog;
using Weir.Core.Telemetry;
using Xunit;

namespace Weir.Core.Tests.Telemetry;

public sealed class WeirMetricsTests
{
    [Fact]
    public void Parallel_recording_loses_nothing()
    {
        const int Threads = 8, PerThread = 20_000;
        using var metrics = new WeirMetrics();
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, t =>
        {
            for (var i = 0; i < PerThread; i++)
            {
                metrics.Record(Measurements.Call($"m{i % 3}", i % 5 == 0 ? "rate_limited" : "ok"));
                metrics.Record(Measurements.Attempt($"m{i % 3}"));
            }
        });
        var samples = Samples(Expose(metrics));
        decimal Sum(string prefix) => samples.Where(s => s.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(s => s.Value);
        const int Calls = Threads * PerThread;
        Assert.Equal(Calls, Sum("weir_requests_total{"));
        Assert.Equal(Calls / 5, samples.Where(s => s.Key.StartsWith("weir_requests_total{", StringComparison.Ordinal) && s.Key.Contains("rate_limited")).Sum(s => s.Value));
        Assert.Equal(Calls, Sum("weir_attempts_total{"));
        Assert.Equal(7L * Calls, Sum("weir_tokens_total{class=\"input_uncached\""));
        Assert.Equal(3L * Calls, Sum("weir_tokens_total{class=\"cache_read\""));
        Assert.Equal(2L * Calls, Sum("weir_tokens_total{class=\"output_visible\""));
        Assert.Equal(1L * Calls, Sum("weir_tokens_total{class=\"reasoning\""));
        Assert.Equal(1.234567m * Calls, Sum("weir_cost_microdollars_total{"));
        Assert.Equal(Calls, Sum("weir_request_duration_seconds_count{"));
        Assert.Equal(0.1230001m * Calls, Sum("weir_request_duration_seconds_sum{"));
        Assert.Equal(Calls, Sum("weir_time_to_first_token_seconds_count{"));
    }

    [Fact]
    public void Buckets_are_cumulative_and_their_bounds_inclusive()
    {
        using var metrics = new WeirMetrics();
        foreach (var ms in new[] { 10.0, 10.0001, 20, 1_000_000 })
            metrics.Record(Measurements.Call() with { Duration = TimeSpan.FromMilliseconds(ms) });
        var samples = Samples(Expose(metrics));
        decimal Bucket(string le) => samples.Single(s => s.Key.StartsWith("weir_request_duration_seconds_bucket{", StringComparison.Ordinal) && s.Key.EndsWith($"le=\"{le}\"}}", StringComparison.Ordinal)).Value;
        Assert.Equal(1, Bucket("0.01"));
        Assert.Equal(3, Bucket("0.02"));
        Assert.Equal(3, Bucket("327.68"));
        Assert.Equal(4, Bucket("+Inf"));
    }

    [Fact]
    public void Invented_names_share_one_series_once_the_table_is_full_and_nothing_is_lost()
    {
        using var metrics = new WeirMetrics(seriesLimit: 10);
        Parallel.For(0, 4, t =>
        {
            for (var i = 0; i < 1000; i++)
            {
                metrics.Record(Measurements.Call($"invented-{t}-{i}"));
                metrics.Record(Measurements.Attempt($"invented-{t}-{i}"));
            }
        });
        var samples = Samples(Expose(metrics));
        var requests = samples.Where(s => s.Key.StartsWith("weir_requests_total{", StringComparison.Ordinal)).ToArray();
        Assert.Equal(11, requests.Length);
        Assert.Equal(4000, requests.Sum(s => s.Value));
        Assert.Contains(requests, s => s.Key.Contains("model=\"other\"") && s.Value == 3990);
        Assert.Equal(4000 * 7, samples.Where(s => s.Key.Contains("class=\"input_uncached\"")).Sum(s => s.Value));
        Assert.Equal(7980, samples["weir_metric_series_overflow_total"]);
    }

    [Fact]
    public void Recording_into_a_known_series_allocates_nothing()
    {
        using var metrics = new WeirMetrics();
        var call = Measurements.Call();
        var attempt = Measurements.Attempt();
        for (var i = 0; i < 1000; i++)
        {
            metrics.Record(call);
            metrics.Record(attempt);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            metrics.Record(call);
            metrics.Record(attempt);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Use_of_something_without_a_price_is_counted_and_a_failure_without_use_is_not()
    {
        using var metrics = new WeirMetrics();
        metrics.Record(Measurements.Attempt() with { PriceState = PriceState.Unpriced, Cost = Money.Zero });
        metrics.Record(Measurements.Attempt() with { PriceState = PriceState.Unpriced, Cost = Money.Zero, Usage = default });
        Assert.Equal(1, Samples(Expose(metrics)).Single(s => s.Key.StartsWith("weir_unpriced_attempts_total{", StringComparison.Ordinal)).Value);
    }

    [Fact]
    public void Gauges_go_up_and_down()
    {
        using var metrics = new WeirMetrics();
        metrics.CallStarted();
        metrics.CallStarted();
        metrics.StreamOpened();
        metrics.CallEnded();
        var samples = Samples(Expose(metrics));
        Assert.Equal(1, samples["weir_requests_in_flight"]);
        Assert.Equal(1, samples["weir_streams_open"]);
        metrics.StreamClosed();
        Assert.Equal(0, metrics.StreamsOpen);
    }

    [Fact]
    public void Listeners_get_the_genai_instruments()
    {
        using var metrics = new WeirMetrics();
        var seen = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Meter.Name == MetricNames.Source) l.EnableMeasurementEvents(i); } };
        // Other tests record on meters of the same name in parallel: only this model's measurements count.
        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags, string value)
        {
            var mine = false;
            var type = "";
            foreach (var (key, text) in tags)
            {
                mine |= key == AttributeNames.RequestModel && text is "listened-to";
                type = key == AttributeNames.TokenType ? $" {text}" : type;
            }
            if (mine)
                seen.Add($"{instrument.Name}{type} {value}");
        }
        listener.SetMeasurementEventCallback<long>((i, v, tags, _) => Note(i, tags, $"{v}"));
        listener.SetMeasurementEventCallback<double>((i, v, tags, _) => Note(i, tags, v.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        listener.Start();
        metrics.Record(Measurements.Attempt() with { UpstreamModel = "listened-to", Stream = true, TimeToFirstToken = TimeSpan.FromSeconds(0.5) });
        metrics.Record(Measurements.Call("listened-to"));
        Assert.Equal(
        [
            "weir.cost 1234567", "gen_ai.client.operation.time_to_first_chunk 0.5", "gen_ai.client.token.usage input 10", "gen_ai.client.token.usage output 3",
            "gen_ai.client.operation.duration 1", "gen_ai.server.request.duration 0.1230001", "gen_ai.server.time_to_first_token 0.01",
        ], seen);
    }

    internal static string Expose(WeirMetrics metrics, ExpositionFormat format = ExpositionFormat.Prometheus)
    {
        var buffer = new ArrayBufferWriter<byte>();
        MetricsExposition.Write(buffer, format, metrics, FakeState.State());
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static Dictionary<string, decimal> Samples(string text) => text.Split('\n').Where(l => l.Length > 0 && l[0] != '#')
        .Select(l => (Line: l, At: l.LastIndexOf(' '))).ToDictionary(l => l.Line[..l.At], l => decimal.Parse(l.Line[(l.At + 1)..], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture));
}
