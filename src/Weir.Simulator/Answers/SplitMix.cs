namespace Weir.Simulator.Answers;

/// <summary>The splitmix64 generator and its finaliser: all "randomness" of the simulator, reproducible from a seed.</summary>
internal struct SplitMix(ulong state)
{
    private ulong _state = state;

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15UL);

    public int Next(int minimum, int maximumExclusive) =>
        minimum + (int)(Next() % (ulong)(maximumExclusive - minimum));

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    /// <summary>FNV-1a over UTF-16 units, finished with <see cref="Mix"/>.</summary>
    public static ulong Hash(ReadOnlySpan<char> text, ulong seed = 0)
    {
        var hash = 14695981039346656037UL ^ seed;
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        return Mix(hash);
    }
}
