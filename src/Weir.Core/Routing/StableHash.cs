namespace Weir.Core.Routing;

/// <summary>64-bit hashes that are the same in every process and version, for choices that must stay. Not against attackers.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a over UTF-16 code units, finished so that every bit counts.</summary>
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037;
        foreach (var unit in text)
            hash = (hash ^ unit) * 1099511628211;
        return Finish(hash);
    }

    /// <summary>One hash of two; their order counts.</summary>
    public static ulong Mix(ulong first, ulong second) => Finish((first * 0x9E3779B97F4A7C15) ^ second);

    /// <summary>Uniform, at least 0 and below 1.</summary>
    public static double Share(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    /// <summary>The finishing step of SplitMix64.</summary>
    private static ulong Finish(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
