namespace Weir.Core.Telemetry;

/// <summary>A histogram of durations in whole ticks (100 ns): sums are exact, observing is two interlocked additions.</summary>
internal sealed class DurationHistogram(DurationBuckets buckets)
{
    private readonly long[] _counts = new long[buckets.Ticks.Length + 1];
    private long _sumTicks;

    public DurationBuckets Buckets => buckets;

    public long SumTicks => Volatile.Read(ref _sumTicks);

    public void Observe(TimeSpan duration)
    {
        var ticks = Math.Max(0, duration.Ticks);
        var at = Array.BinarySearch(buckets.Ticks, ticks);
        // Bounds are inclusive (le): an exact hit belongs to its own bucket.
        Interlocked.Increment(ref _counts[at >= 0 ? at : ~at]);
        Interlocked.Add(ref _sumTicks, ticks);
    }

    /// <summary>Counts per bucket, not cumulative; the last one is above every bound.</summary>
    public long[] Read()
    {
        var copy = new long[_counts.Length];
        for (var i = 0; i < copy.Length; i++)
            copy[i] = Volatile.Read(ref _counts[i]);
        return copy;
    }
}
