namespace Weir.Core.Semantics.Features;

/// <summary>
/// Hashes of the words, neighbouring words and character runs of a folded text, one pass, no strings. The hash is part of what a
/// saved model means: it must not change without that model's version.
/// </summary>
internal static class Grams
{
    private const int MinRun = 2;
    private const int MaxRun = 4;
    private const uint WordSeed = 0x9E3779B9;
    private const uint PairSeed = 0x85EBCA6B;
    private const uint RunSeed = 0xC2B2AE35;

    /// <summary>Hashes that any folded text of this length has, at most.</summary>
    public static int MaxCount(int foldedLength) => foldedLength * (MaxRun - MinRun + 2);

    /// <summary>Words and pairs of words.</summary>
    /// <returns>Hashes written.</returns>
    public static int Words(ReadOnlySpan<char> folded, Span<uint> into)
    {
        var count = 0;
        uint hash = WordSeed, before = 0;
        for (var i = 1; i < folded.Length; i++)
        {
            if (folded[i] != ' ')
            {
                hash = Step(hash, folded[i]);
                continue;
            }

            into[count++] = Mix(hash);
            if (before != 0)
                into[count++] = Mix(Step(before, hash) ^ PairSeed);
            before = hash;
            hash = WordSeed;
        }

        return count;
    }

    /// <summary>Runs of two to four characters, across words.</summary>
    /// <returns>Hashes written.</returns>
    public static int Runs(ReadOnlySpan<char> folded, Span<uint> into)
    {
        var count = 0;
        for (var start = 0; start + MinRun <= folded.Length; start++)
        {
            var hash = Step(RunSeed, folded[start]);
            var end = Math.Min(folded.Length, start + MaxRun);
            for (var i = start + 1; i < end; i++)
            {
                hash = Step(hash, folded[i]);
                into[count++] = Mix(hash);
            }
        }

        return count;
    }

    private static uint Step(uint hash, uint value) => (hash ^ value) * 0x01000193;

    /// <summary>The finalizer of MurmurHash3: the low bits are used as buckets, and FNV's are weak.</summary>
    private static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
