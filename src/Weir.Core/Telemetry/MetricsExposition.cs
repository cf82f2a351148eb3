using System.Buffers;

namespace Weir.Core.Telemetry;

/// <summary>Renders <c>/metrics</c>: the product's families, then the process and the runtime.</summary>
public static class MetricsExposition
{
    public static void Write(IBufferWriter<byte> output, ExpositionFormat format, WeirMetrics metrics, OperationalState state)
    {
        var writer = new OpenMetricsWriter(output, format);
        WriteCalls(writer, metrics);
        WriteUsage(writer, metrics);
        WriteLatency(writer, metrics);
        TargetExposition.Write(writer, state.Targets());
        SharedHealthExposition.Write(writer, state.SharedHealth());
        WriteState(writer, metrics, state);
        RuntimeExposition.Write(writer, state.Time);
        writer.End();
    }

    private static void WriteCalls(OpenMetricsWriter writer, WeirMetrics metrics)
    {
        writer.Family(MetricNames.Requests, "counter", "Finished calls, refused ones included.");
        foreach (var (l, series) in metrics.Calls.All.OrderBy(s => s.Key.ToString(), StringComparer.Ordinal))
            writer.Sample(series.Count, ("operation", l.Operation), ("dialect", l.Dialect), ("model", l.Model), ("target", l.Target),
                ("outcome", l.Outcome), ("tenant", l.Tenant));

        writer.Family(MetricNames.Attempts, "counter", "Settled attempts at targets.");
        foreach (var (l, series) in metrics.Attempts.All.OrderBy(s => s.Key.ToString(), StringComparer.Ordinal))
            writer.Sample(series.Count, ("model", l.Model), ("target", l.Target), ("outcome", l.Outcome), ("tenant", l.Tenant));
    }

    private static void WriteUsage(OpenMetricsWriter writer, WeirMetrics metrics)
    {
        var all = metrics.Usages.All.OrderBy(s => s.Key.ToString(), StringComparer.Ordinal).ToArray();
        writer.Family(MetricNames.Tokens, "counter", "Tokens by disjoint class; the classes add up to the total.");
        foreach (var (l, series) in all)
        {
            for (var i = 0; i < TokenClass.Count; i++)
            {
                if (series.Tokens(i) is not 0 and var tokens)
                    writer.Sample(tokens, ("class", TokenClass.Name(i)), ("model", l.Model), ("target", l.Target), ("tenant", l.Tenant));
            }
        }

        writer.Family(MetricNames.CostMicrodollars, "counter", "Cost of settled attempts in millionths of a US dollar.");
        foreach (var (l, series) in all)
            writer.FixedPoint(series.Picos, 6, ("model", l.Model), ("target", l.Target), ("tenant", l.Tenant));

        writer.Family(MetricNames.UnpricedAttempts, "counter", "Attempts that used tokens no price is known for.");
        foreach (var (l, series) in all)
            writer.Sample(series.Unpriced, ("model", l.Model), ("target", l.Target), ("tenant", l.Tenant));
    }

    private static void WriteLatency(OpenMetricsWriter writer, WeirMetrics metrics)
    {
        var all = metrics.Latencies.All.OrderBy(s => s.Key.ToString(), StringComparer.Ordinal).ToArray();
        writer.Family(MetricNames.RequestDuration, "histogram", "From accepting a call to its last byte.");
        foreach (var (l, series) in all)
            writer.Histogram(series.Duration, ("operation", l.Operation), ("model", l.Model), ("target", l.Target));

        writer.Family(MetricNames.TimeToFirstToken, "histogram", "From accepting a call to the first content sent.");
        foreach (var (l, series) in all)
            writer.Histogram(series.FirstToken, ("operation", l.Operation), ("model", l.Model), ("target", l.Target));
    }

    private static void WriteState(OpenMetricsWriter writer, WeirMetrics metrics, OperationalState state)
    {
        Gauge(writer, MetricNames.RequestsInFlight, "Calls accepted and not finished.", metrics.RequestsInFlight);
        Gauge(writer, MetricNames.StreamsOpen, "Streams being relayed to clients.", metrics.StreamsOpen);
        Gauge(writer, MetricNames.ShadowCallsInFlight, "Copies of mirrored calls under way.", state.ShadowsInFlight());
        Counter(writer, MetricNames.ShadowCallsDropped, "Copies of mirrored calls that were not made: the machine was busy, or too many were under way.", state.ShadowsDropped());
        Gauge(writer, MetricNames.LedgerQueueDepth, "Ledger entries waiting to be written.", state.LedgerDepth());

        var snapshot = state.Snapshots.Current;
        Gauge(writer, MetricNames.ConfigVersion, "Loads of the configuration in this process.", snapshot.Version);
        writer.Family(MetricNames.ConfigAge, "gauge", "Time since the configuration in force was loaded.");
        writer.Sample(Math.Max(0, (state.Time.GetUtcNow() - snapshot.LoadedAt).TotalSeconds));
        Gauge(writer, MetricNames.ConfigFault, "1 while a newer configuration was refused.", state.Snapshots.Fault is null ? 0 : 1);
        writer.Family(MetricNames.ConfigInfo, "gauge", "Hash of the configuration in force.");
        writer.Sample(1, ("hash", snapshot.Hash));

        Counter(writer, MetricNames.AccessLogDropped, "Access log lines dropped because the output was too slow.", state.AccessLogDropped());
        Counter(writer, MetricNames.SeriesOverflow, "Measurements counted under 'other' because the series limit was reached.",
            metrics.SeriesOverflowed);
        writer.Family(MetricNames.BuildInfo, "gauge", "Version of the running binary.");
        writer.Sample(1, ("version", state.Version));
    }

    private static void Gauge(OpenMetricsWriter writer, string name, string help, long value)
    {
        writer.Family(name, "gauge", help);
        writer.Sample(value);
    }

    private static void Counter(OpenMetricsWriter writer, string name, string help, long value)
    {
        writer.Family(name, "counter", help);
        writer.Sample(value);
    }
}
