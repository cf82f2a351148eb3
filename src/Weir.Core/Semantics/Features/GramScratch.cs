using System.Buffers;

namespace Weir.Core.Semantics.Features;

/// <summary>Pooled room for the grams of one text at a time. Not thread safe; give it back with <see cref="Dispose"/>.</summary>
internal readonly struct GramScratch : IDisposable
{
    private static readonly int MaxFolded = FoldedText.MaxLength(TextWindow.MaxBytes);

    private readonly char[] _folded = ArrayPool<char>.Shared.Rent(MaxFolded);
    private readonly uint[] _grams = ArrayPool<uint>.Shared.Rent(MaxGrams);

    public GramScratch()
    {
    }

    /// <summary>Grams a text has, at most.</summary>
    public static int MaxGrams { get; } = Grams.MaxCount(FoldedText.MaxLength(TextWindow.MaxBytes));

    /// <summary>The grams of a text; valid until the next call.</summary>
    public GramPair Read(ReadOnlySpan<byte> utf8)
    {
        var folded = _folded.AsSpan(0, FoldedText.Fold(utf8, _folded));
        var words = Grams.Words(folded, _grams);
        var runs = Grams.Runs(folded, _grams.AsSpan(words));
        return new GramPair(_grams.AsSpan(0, words), _grams.AsSpan(words, runs));
    }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_folded);
        ArrayPool<uint>.Shared.Return(_grams);
    }
}
