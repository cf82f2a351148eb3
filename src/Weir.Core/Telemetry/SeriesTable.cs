using System.Collections.Concurrent;

namespace Weir.Core.Telemetry;

/// <summary>
/// Label set → series, bounded. A series that exists is found without lock or allocation; a new one is made under a lock.
/// When the table is full, further label sets share a collapsed series (<c>other</c>), so that a client inventing model
/// names cannot grow memory or break the scraper.
/// </summary>
internal sealed class SeriesTable<TLabels, TSeries>(int limit, Func<TLabels, TLabels> collapse, TLabels last, Func<TLabels, TSeries> create)
    where TLabels : struct, IEquatable<TLabels>
    where TSeries : class
{
    // Collapsed sets still differ in operation, dialect and outcome: a small product, but not one to trust blindly.
    private const int CollapsedRoom = 256;

    private readonly ConcurrentDictionary<TLabels, TSeries> _series = new();
    private readonly Lock _growth = new();
    private int _count;
    private long _overflowed;

    /// <summary>Look-ups that ended in a collapsed series.</summary>
    public long Overflowed => Volatile.Read(ref _overflowed);

    public IEnumerable<KeyValuePair<TLabels, TSeries>> All => _series;

    public TSeries Get(in TLabels labels)
    {
        if (_series.TryGetValue(labels, out var series))
            return series;
        if (Volatile.Read(ref _count) < limit && Add(labels, limit) is { } added)
            return added;

        Interlocked.Increment(ref _overflowed);
        var collapsed = collapse(labels);
        if (_series.TryGetValue(collapsed, out series))
            return series;
        return Add(collapsed, limit + CollapsedRoom) ?? GetLast();
    }

    private TSeries GetLast() => _series.TryGetValue(last, out var series) ? series : Add(last, int.MaxValue)!;

    private TSeries? Add(in TLabels labels, int room)
    {
        lock (_growth)
        {
            if (_series.TryGetValue(labels, out var series))
                return series;
            if (_count >= room)
                return null;
            series = create(labels);
            _series[labels] = series;
            Volatile.Write(ref _count, _count + 1);
            return series;
        }
    }
}
