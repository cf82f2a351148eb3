namespace Weir.Core.Semantics.Features;

/// <summary>Hashes of one text: words with pairs of words, and runs of characters.</summary>
internal readonly ref struct GramPair(ReadOnlySpan<uint> words, ReadOnlySpan<uint> runs)
{
    public ReadOnlySpan<uint> Words { get; } = words;

    public ReadOnlySpan<uint> Runs { get; } = runs;

    public void Deconstruct(out ReadOnlySpan<uint> words, out ReadOnlySpan<uint> runs)
    {
        words = Words;
        runs = Runs;
    }
}
