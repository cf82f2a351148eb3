namespace Weir.Core.Telemetry;

/// <summary>Attempts of one label set, with the counters they feed.</summary>
internal sealed class AttemptSeries(UsageSeries usage)
{
    private long _count;

    public UsageSeries Usage => usage;
    public long Count => Volatile.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);
}
