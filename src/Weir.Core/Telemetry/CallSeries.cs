namespace Weir.Core.Telemetry;

/// <summary>Calls of one label set, with the histograms they feed (so that a call costs one look-up).</summary>
internal sealed class CallSeries(LatencySeries latency)
{
    private long _count;

    public LatencySeries Latency => latency;
    public long Count => Volatile.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);
}
