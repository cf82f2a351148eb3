namespace Weir.Core.Routing.Health;

/// <summary>
/// Since when calls wait for their first content: a target that got slow shows it here before anything comes back. Remembers a
/// few dozen calls; where two meet in a place, the later one is forgotten. Thread safe, takes no lock.
/// </summary>
public sealed class WaitingCalls
{
    private const int Bits = 5;
    private readonly long[] _since = new long[1 << Bits];

    /// <summary>A call began to wait.</summary>
    /// <param name="since">UTC ticks; what <see cref="Remove"/> takes it away by.</param>
    public void Add(long since) => Interlocked.CompareExchange(ref Place(since), since, 0);

    /// <summary>It waits no longer. Nothing happens if it was forgotten.</summary>
    public void Remove(long since) => Interlocked.CompareExchange(ref Place(since), 0, since);

    /// <summary>How long the one that began first has waited at <paramref name="now"/>; zero when none waits.</summary>
    public TimeSpan LongestAt(DateTimeOffset now)
    {
        var first = long.MaxValue;
        foreach (ref var since in _since.AsSpan())
        {
            if (Volatile.Read(ref since) is > 0 and var ticks && ticks < first)
                first = ticks;
        }
        return first < now.UtcTicks ? TimeSpan.FromTicks(now.UtcTicks - first) : TimeSpan.Zero;
    }

    // Neighbouring moments land far apart (Fibonacci hashing).
    private ref long Place(long since) => ref _since[(int)((ulong)since * 0x9E3779B97F4A7C15 >> (64 - Bits))];
}
