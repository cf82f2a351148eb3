using System.Buffers;
using System.Diagnostics;
using System.Text;
using Weir.Core.Catalog;
using Weir.Core.Telemetry;
using Xunit;

namespace Weir.Core.Tests.Telemetry;

public sealed class OpenMetricsWriterTests
{
    [Theory]
    [InlineData(null, ExpositionFormat.Prometheus)]
    [InlineData("*/*", ExpositionFormat.Prometheus)]
    [InlineData("text/plain", ExpositionFormat.Prometheus)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.1", ExpositionFormat.OpenMetrics)]
    [InlineData("application/openmetrics-text; q=0, text/plain", ExpositionFormat.Prometheus)]
    [InlineData("Application/OpenMetrics-Text", ExpositionFormat.OpenMetrics)]
    [InlineData("application/openmetrics-text;q=0.2, text/plain;version=0.0.4;q=0.8", ExpositionFormat.Prometheus)]
    [InlineData("text/plain;q=0.5, application/openmetrics-text;version=0.0.1;q=0.5", ExpositionFormat.OpenMetrics)]
    [InlineData("application/openmetrics-text;q=0.000", ExpositionFormat.Prometheus)]
    [InlineData("application/openmetrics-text;q=much", ExpositionFormat.Prometheus)]
    public void Openmetrics_is_for_scrapers_that_name_it(string? accept, ExpositionFormat expected) =>
        Assert.Equal(expected, OpenMetricsWriter.Negotiate(accept));

    [Fact]
    public void Both_formats_name_counters_their_own_way_and_escape_labels()
    {
        string Render(ExpositionFormat format)
        {
            var buffer = new ArrayBufferWriter<byte>();
            var writer = new OpenMetricsWriter(buffer, format);
            writer.Family("calls", "counter", "Help \"me\".");
            writer.Sample(3, ("model", "a\"b\\c\nd"), ("tenant", "é"));
            writer.FixedPoint(-1_500_000, 6);
            writer.End();
            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        Assert.Equal("# HELP calls Help \\\"me\\\".\n# TYPE calls counter\ncalls_total{model=\"a\\\"b\\\\c\\nd\",tenant=\"é\"} 3\ncalls_total -1.5\n# EOF\n", Render(ExpositionFormat.OpenMetrics));
        Assert.Equal("# HELP calls_total Help \"me\".\n# TYPE calls_total counter\ncalls_total{model=\"a\\\"b\\\\c\\nd\",tenant=\"é\"} 3\ncalls_total -1.5\n", Render(ExpositionFormat.Prometheus));
    }

    [Theory]
    [InlineData(0, "$0.00")]
    [InlineData(1, "$0.000000000001")]
    [InlineData(1_234_567_890, "$0.00123456789")]
    [InlineData(12_500_000_000_000, "$12.50")]
    [InlineData(-1, "-$0.000000000001")]
    [InlineData(long.MaxValue, "$9223372.036854775807")]
    [InlineData(long.MinValue, "-$9223372.036854775808")]
    public void Dollars_are_exact(long picos, string expected) => Assert.Equal(expected, Dollars.Text(new Money(picos)));

    [Fact]
    public void Every_line_of_an_openmetrics_exposition_belongs_to_its_family()
    {
        using var metrics = new WeirMetrics();
        metrics.Record(Measurements.Call());
        metrics.Record(Measurements.Attempt());
        var text = WeirMetricsTests.Expose(metrics, ExpositionFormat.OpenMetrics);
        Assert.EndsWith("\n# EOF\n", text);
        var (family, type) = ("", "");
        var seen = new HashSet<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[..^1])
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                (family, type) = (line.Split(' ')[2], line.Split(' ')[3]);
                Assert.True(seen.Add(family), family + " stands twice");
                Assert.False(family.EndsWith("_total", StringComparison.Ordinal));
            }
            else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                var name = line.Split('{', ' ')[0];
                string[] allowed = type switch { "counter" => ["_total"], "histogram" => ["_bucket", "_sum", "_count"], _ => [""] };
                Assert.Contains(name, allowed.Select(a => family + a));
            }
        }
        Assert.Contains("weir_requests", seen);
        Assert.Contains("dotnet_gc_heap_total_allocated_bytes", seen);
    }

    [Fact]
    public async Task Promtool_accepts_the_exposition()
    {
        var promtool = Environment.GetEnvironmentVariable("PROMTOOL") ?? "/usr/bin/promtool";
        if (!File.Exists(promtool))
            Assert.Skip("promtool is not installed (Debian package prometheus, or set PROMTOOL)");
        using var metrics = new WeirMetrics();
        metrics.Record(Measurements.Call());
        metrics.Record(Measurements.Attempt());
        using var process = Process.Start(new ProcessStartInfo(promtool, ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.StandardInput.WriteAsync(WeirMetricsTests.Expose(metrics));
        process.StandardInput.Close();
        var complaints = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal((0, ""), (process.ExitCode, complaints));
    }
}
