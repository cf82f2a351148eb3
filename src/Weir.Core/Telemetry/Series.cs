using Weir.Core.Canon;

namespace Weir.Core.Telemetry;

/// <summary>Calls of one label set, with the histograms they feed (so that a call costs one look-up).</summary>
internal sealed class CallSeries(LatencySeries latency)
{
    private long _count;

    public LatencySeries Latency => latency;
    public long Count => Volatile.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);
}

/// <summary>Latency of one operation on one model and target.</summary>
internal sealed class LatencySeries
{
    public DurationHistogram Duration { get; } = new(DurationBuckets.Call);
    public DurationHistogram FirstToken { get; } = new(DurationBuckets.FirstToken);
}

/// <summary>Attempts of one label set, with the counters they feed.</summary>
internal sealed class AttemptSeries(UsageSeries usage)
{
    private long _count;

    public UsageSeries Usage => usage;
    public long Count => Volatile.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);
}

/// <summary>Tokens by class, cost in pico-dollars (wraps after 9.2 million dollars in one process) and unpriced attempts.</summary>
internal sealed class UsageSeries
{
    private readonly long[] _tokens = new long[TokenClass.Count];
    private long _picos;
    private long _unpriced;

    public long Picos => Volatile.Read(ref _picos);
    public long Unpriced => Volatile.Read(ref _unpriced);

    public long Tokens(int index) => Volatile.Read(ref _tokens[index]);

    public void Add(in Usage usage, long picos, bool unpriced)
    {
        for (var i = 0; i < TokenClass.Count; i++)
        {
            if (TokenClass.Of(usage, i) is not 0 and var tokens)
                Interlocked.Add(ref _tokens[i], tokens);
        }
        if (picos != 0)
            Interlocked.Add(ref _picos, picos);
        if (unpriced)
            Interlocked.Increment(ref _unpriced);
    }
}
