using static Weir.Core.Tokens.BytePair.CharacterClass;

namespace Weir.Core.Tokens.BytePair;

/// <summary>What the splitting patterns have in common.</summary>
internal static class Scan
{
    private const int DigitsInAPiece = 3;

    /// <summary>End of the run of characters of any of these classes.</summary>
    public static int While(ReadOnlySpan<byte> text, int at, CharacterClass any)
    {
        while ((Characters.At(text, at, out var length) & any) != 0)
            at += length;
        return at;
    }

    /// <summary><c>\p{N}{1,3}</c></summary>
    public static int Digits(ReadOnlySpan<byte> text, int at)
    {
        for (var i = 0; i < DigitsInAPiece && (Characters.At(text, at, out var length) & Number) != 0; i++)
            at += length;
        return at;
    }

    /// <summary><c> ?[^\s\p{L}\p{N}]+[\r\n]*</c>, with a slash among the last where the pattern has it. Without a symbol: <paramref name="at"/>.</summary>
    public static int Symbols(ReadOnlySpan<byte> text, int at, bool slash)
    {
        var begin = text[at] == ' ' ? at + 1 : at;
        var end = begin;
        while ((Characters.At(text, end, out var length) & NoSymbol) == 0 && length > 0)
            end += length;
        if (end == begin)
            return at;
        while (end < text.Length && (text[end] is (byte)'\r' or (byte)'\n' || (slash && text[end] == '/')))
            end++;
        return end;
    }

    /// <summary>
    /// <c>\s*[\r\n]+|\s+(?!\S)|\s+</c>: through the last line break of the run; without one all of it at the text's end, all but the
    /// last blank before a word, and a single blank as it is.
    /// </summary>
    public static int Blanks(ReadOnlySpan<byte> text, int at)
    {
        int end = at, last = at, broken = 0;
        CharacterClass found;
        while (((found = Characters.At(text, end, out var length)) & Space) != 0)
        {
            last = end;
            end += length;
            broken = (found & NewLine) != 0 ? end : broken;
        }

        return broken > 0 ? broken : end == text.Length || last == at ? end : last;
    }

    /// <summary>End of <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)</c>, or <paramref name="at"/> where there is none.</summary>
    public static int Contraction(ReadOnlySpan<byte> text, int at)
    {
        if (at + 1 >= text.Length || text[at] != '\'')
            return at;
        var next = at + 2 < text.Length ? text[at + 2] | 0x20 : 0;
        return (text[at + 1] | 0x20, next) switch
        {
            ('s' or 't' or 'm' or 'd', _) => at + 2,
            ('r' or 'v', 'e') or ('l', 'l') => at + 3,
            // Unicode's simple case folding makes the long s (U+017F) an s.
            (0xE5, 0xBF) when text[at + 1] == 0xC5 && text[at + 2] == 0xBF => at + 3,
            _ => at,
        };
    }
}
