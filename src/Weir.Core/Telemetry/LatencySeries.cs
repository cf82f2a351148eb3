namespace Weir.Core.Telemetry;

/// <summary>Latency of one operation on one model and target.</summary>
internal sealed class LatencySeries
{
    public DurationHistogram Duration { get; } = new(DurationBuckets.Call);
    public DurationHistogram FirstToken { get; } = new(DurationBuckets.FirstToken);
}
