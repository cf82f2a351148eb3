using System.Collections.Concurrent;

namespace Weir.Core.Routing.Affinity;

/// <summary>
/// Which target took which beginning of a prompt last, for about as long as providers keep it. Bounded: two generations,
/// the older of which is forgotten when the younger is full. Hashes, names and numbers only. Thread safe.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="capacity">Most entries, over both generations.</param>
public sealed class AffinityTable(TimeProvider time, int capacity = AffinityTable.StandardCapacity)
{
    /// <summary>About 8 MB when full.</summary>
    public const int StandardCapacity = 131_072;

    /// <summary>What providers promise of a prompt cache that nobody pays for: five minutes since it was last used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _turn = new();
    private ConcurrentDictionary<ulong, Entry> _young = new();
    private ConcurrentDictionary<ulong, Entry> _old = new();
    private int _count;

    /// <summary>Who has it, or null: nobody, or too long ago.</summary>
    public WarmCache? Find(ulong key) =>
        (_young.TryGetValue(key, out var entry) || _old.TryGetValue(key, out entry)) && entry.Until > time.GetUtcNow().UtcTicks
            ? new WarmCache(entry.Target, entry.Tokens)
            : null;

    /// <summary>A target has so many tokens of it from now on.</summary>
    public void Put(ulong key, string target, long tokens)
    {
        var entry = new Entry(target, tokens, (time.GetUtcNow() + Lifetime).UtcTicks);
        if (_young.TryAdd(key, entry))
        {
            if (Interlocked.Increment(ref _count) > capacity / 2)
                Turn();
        }
        else
        {
            _young[key] = entry;
        }
    }

    private void Turn()
    {
        lock (_turn)
        {
            if (_count <= capacity / 2)
                return;
            _old = _young;
            _young = new ConcurrentDictionary<ulong, Entry>();
            _count = 0;
        }
    }

    private readonly record struct Entry(string Target, long Tokens, long Until);
}
