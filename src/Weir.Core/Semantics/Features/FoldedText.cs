using System.Text;

namespace Weir.Core.Semantics.Features;

/// <summary>
/// Text as features see it: lower case, digits as zeros, everything that is no letter, mark or digit as one blank, one blank at
/// each end. So spelling that carries no intent (case, punctuation, amounts) makes no difference.
/// </summary>
internal static class FoldedText
{
    /// <summary>Characters that hold any fold of this many bytes.</summary>
    public static int MaxLength(int bytes) => bytes + 3;

    /// <summary>Folds what <see cref="TextWindow"/> shows of a text. Invalid bytes count as blanks.</summary>
    /// <returns>Characters written.</returns>
    public static int Fold(ReadOnlySpan<byte> utf8, Span<char> into)
    {
        into[0] = ' ';
        var length = Append(TextWindow.Head(utf8), into, 1);
        length = Append(TextWindow.Tail(utf8), into, length);
        if (into[length - 1] != ' ')
            into[length++] = ' ';
        return length;
    }

    private static int Append(ReadOnlySpan<byte> utf8, Span<char> into, int length)
    {
        if (into[length - 1] != ' ')
            into[length++] = ' ';
        while (!utf8.IsEmpty)
        {
            int used;
            if (utf8[0] < 0x80)
            {
                used = 1;
                var c = (char)utf8[0];
                if (char.IsAsciiLetter(c))
                    into[length++] = (char)(c | 0x20);
                else if (char.IsAsciiDigit(c))
                    into[length++] = '0';
                else if (into[length - 1] != ' ')
                    into[length++] = ' ';
            }
            else
            {
                Rune.DecodeFromUtf8(utf8, out var rune, out used);
                if (Rune.IsLetter(rune) || IsMark(rune))
                    length += Rune.ToLowerInvariant(rune).EncodeToUtf16(into[length..]);
                else if (Rune.IsDigit(rune))
                    into[length++] = '0';
                else if (into[length - 1] != ' ')
                    into[length++] = ' ';
            }

            utf8 = utf8[used..];
        }

        return length;
    }

    // Vowels of Indic scripts are marks: without them words fall apart.
    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
