using System.Globalization;
using System.Runtime.CompilerServices;

namespace Weir.Core.Tokens.BytePair;

/// <summary>Looks at characters of well-formed UTF-8.</summary>
internal static class Characters
{
    private static readonly CharacterClass[] Plane0 = [.. Enumerable.Range(0, 1 << 16).Select(Classify)];

    /// <summary>Class and length in bytes of the character at <paramref name="at"/>; past the end: none, 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharacterClass At(ReadOnlySpan<byte> text, int at, out int length)
    {
        if ((uint)at >= (uint)text.Length)
        {
            length = 0;
            return CharacterClass.None;
        }

        if (text[at] < 0x80)
        {
            length = 1;
            return Plane0[text[at]];
        }

        return Beyond(text[at..], out length);
    }

    private static CharacterClass Beyond(ReadOnlySpan<byte> text, out int length)
    {
        switch (text[0])
        {
            case < 0xE0:
                length = 2;
                return Plane0[(text[0] & 0x1F) << 6 | text[1] & 0x3F];
            case < 0xF0:
                length = 3;
                return Plane0[(text[0] & 0x0F) << 12 | (text[1] & 0x3F) << 6 | text[2] & 0x3F];
            default:
                length = 4;
                return Classify((text[0] & 0x07) << 18 | (text[1] & 0x3F) << 12 | (text[2] & 0x3F) << 6 | text[3] & 0x3F);
        }
    }

    private static CharacterClass Classify(int rune) => rune switch
    {
        '\r' or '\n' => CharacterClass.Space | CharacterClass.NewLine,
        <= char.MaxValue when char.IsWhiteSpace((char)rune) => CharacterClass.Space,
        _ => CharUnicodeInfo.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => CharacterClass.Letter | CharacterClass.Leading,
            UnicodeCategory.LowercaseLetter => CharacterClass.Letter | CharacterClass.Trailing,
            UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterClass.Letter | CharacterClass.Leading | CharacterClass.Trailing,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => CharacterClass.Leading | CharacterClass.Trailing,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClass.Number,
            _ => CharacterClass.None,
        },
    };
}
