using static Weir.Core.Tokens.BytePair.CharacterClass;

namespace Weir.Core.Tokens.BytePair;

/// <summary>
/// The pattern of o200k_base:
/// <code>
/// [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// |\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// </code>
/// </summary>
internal readonly struct O200kSplitter : ISplitter
{
    public int End(ReadOnlySpan<byte> text, int start)
    {
        var first = Characters.At(text, start, out var length);
        if ((first & (Letter | Number | NewLine)) == 0)
        {
            var end = Word(text, start + length, out var mixed);
            // A word of leading letters alone is the second alternative's; a mark before it makes a word by the first.
            if (end > start + length && (mixed || (first & Leading) == 0))
                return Scan.Contraction(text, end);
        }

        if ((first & (Leading | Trailing)) != 0)
            return Scan.Contraction(text, Word(text, start, out _));
        if ((first & Number) != 0)
            return Scan.Digits(text, start);
        var symbols = Scan.Symbols(text, start, slash: true);
        return symbols > start ? symbols : Scan.Blanks(text, start);
    }

    /// <summary>
    /// The two alternatives for words: leading letters, then at least one trailing (<paramref name="mixed"/>), or leading
    /// letters alone. Some characters are both: of a run of leading letters the last that is also trailing ends the word
    /// when no trailing one follows. Returns <paramref name="at"/> where there is no word.
    /// </summary>
    private static int Word(ReadOnlySpan<byte> text, int at, out bool mixed)
    {
        int end = at, both = -1;
        CharacterClass found;
        int length;
        while (((found = Characters.At(text, end, out length)) & Leading) != 0)
        {
            end += length;
            both = (found & Trailing) != 0 ? end : both;
        }

        mixed = true;
        if ((found & Trailing) != 0)
            return Scan.While(text, end + length, Trailing);
        if (both >= 0)
            return both;
        mixed = false;
        return end;
    }
}
