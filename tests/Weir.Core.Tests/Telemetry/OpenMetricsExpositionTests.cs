using System.Buffers;
using System.Text;
using Weir.Core.Routing.Health;
using Weir.Core.Telemetry;
using Xunit;

namespace Weir.Core.Tests.Telemetry;

public sealed class OpenMetricsExpositionTests
{
    [Fact]
    public void An_independent_strict_parser_reads_the_whole_exposition()
    {
        using var metrics = new WeirMetrics();
        metrics.Record(Measurements.Call());
        metrics.Record(Measurements.Call("a \"quoted\" \\ model\nof two lines"));
        metrics.Record(Measurements.Attempt());

        var families = OpenMetricsParser.Parse(Encoding.UTF8.GetBytes(WeirMetricsTests.Expose(metrics, ExpositionFormat.OpenMetrics)));

        Assert.All(families.Values, f => Assert.True(f.Type is not null && !string.IsNullOrEmpty(f.Help), f.Name));
        var calls = families["weir_requests"].Samples;
        Assert.Contains(calls, s => s.Labels["model"] == "a \"quoted\" \\ model\nof two lines");
        Assert.Equal(2, calls.Sum(s => s.Value));
        Assert.Equal(1.234567m, families["weir_cost_microdollars"].Samples.Sum(s => s.Value));
        Assert.Equal("histogram", families["weir_request_duration_seconds"].Type);
        Assert.Equal(2, families["weir_request_duration_seconds"].Samples.Where(s => s.Name.EndsWith("_count", StringComparison.Ordinal)).Sum(s => s.Value));
    }

    [Fact]
    public void Both_formats_hold_the_same_samples()
    {
        using var metrics = new WeirMetrics();
        metrics.Record(Measurements.Call());
        metrics.Record(Measurements.Attempt());
        // What the runtime says of itself changes from one reading to the next.
        static string[] Own(string text) => [.. text.Split('\n').Where(l => l.StartsWith("weir_", StringComparison.Ordinal) && !l.StartsWith("weir_config_age", StringComparison.Ordinal))];
        var own = Own(WeirMetricsTests.Expose(metrics, ExpositionFormat.OpenMetrics));
        Assert.NotEmpty(own);
        Assert.Equal(own, Own(WeirMetricsTests.Expose(metrics)));
    }

    [Fact]
    public void Sharing_health_shows_where_it_is_configured_and_nowhere_else()
    {
        using var metrics = new WeirMetrics();
        static IReadOnlyDictionary<string, OpenMetricsParser.Family> Families(WeirMetrics metrics, OperationalState state)
        {
            var output = new ArrayBufferWriter<byte>();
            MetricsExposition.Write(output, ExpositionFormat.OpenMetrics, metrics, state);
            return OpenMetricsParser.Parse(output.WrittenSpan.ToArray());
        }

        Assert.DoesNotContain("weir_shared_state_connected", Families(metrics, FakeState.State()));
        var families = Families(metrics, FakeState.State() with { SharedHealth = () => new SharedHealthStatus(true, 3, 2, 1) });

        Assert.Equal(1, Assert.Single(families["weir_shared_state_connected"].Samples).Value);
        Assert.Equal([("told", 3m), ("heard", 2m), ("dropped", 1m)], families["weir_shared_state_notices"].Samples.Select(x => (x.Labels["direction"], x.Value)));
    }

    [Theory]
    [InlineData("# TYPE a gauge\na 1\n")]
    [InlineData("# TYPE a gauge\na 1\n# EOF\nb 1\n# EOF\n")]
    [InlineData("# TYPE a_total counter\na_total 1\n# EOF\n")]
    [InlineData("# TYPE a counter\na 1\n# EOF\n")]
    [InlineData("# TYPE a counter\na_total -1\n# EOF\n")]
    [InlineData("# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# TYPE a gauge\n# EOF\n")]
    [InlineData("# TYPE a gauge\na{x=\"1\"} 1\na{x=\"1\"} 2\n# EOF\n")]
    [InlineData("# TYPE a gauge\na{x=\"\\t\"} 1\n# EOF\n")]
    [InlineData("# TYPE a gauge\na  1\n# EOF\n")]
    [InlineData("# TYPE a gauge\n\na 1\n# EOF\n")]
    [InlineData("# HELP a say \"it\"\n# TYPE a gauge\na 1\n# EOF\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 1\na_count 1\na_sum 1\n# EOF\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1.0\"} 2\na_bucket{le=\"+Inf\"} 1\na_count 1\na_sum 1\n# EOF\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1.0\"} 1\na_count 1\na_sum 1\n# EOF\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1.0\"} 1\na_bucket{le=\"+Inf\"} 2\na_count 1\na_sum 1\n# EOF\n")]
    public void The_parser_refuses_what_the_specification_refuses(string text) =>
        Assert.Throws<FormatException>(() => OpenMetricsParser.Parse(Encoding.UTF8.GetBytes(text)));
}
