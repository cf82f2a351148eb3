using static Weir.Core.Tokens.BytePair.CharacterClass;

namespace Weir.Core.Tokens.BytePair;

/// <summary>
/// The pattern of cl100k_base:
/// <code>
/// (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// </code>
/// A later spelling of it tries <c>\s++$</c> before the line breaks, and so cuts blanks at the text's end elsewhere. The
/// tokens are the same: none ends with a blank behind a line break.
/// </summary>
internal readonly struct Cl100kSplitter : ISplitter
{
    public int End(ReadOnlySpan<byte> text, int start)
    {
        var contraction = Scan.Contraction(text, start);
        if (contraction > start)
            return contraction;

        var first = Characters.At(text, start, out var length);
        if ((first & (Number | NewLine)) == 0)
        {
            // The letter itself, or what may stand before a word.
            var end = Scan.While(text, start + length, Letter);
            if (end > start + length || (first & Letter) != 0)
                return end;
        }

        if ((first & Number) != 0)
            return Scan.Digits(text, start);
        var symbols = Scan.Symbols(text, start, slash: false);
        return symbols > start ? symbols : Scan.Blanks(text, start);
    }
}
