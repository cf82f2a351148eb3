using System.Globalization;
using System.Text;

namespace Weir.Core.Expressions.Syntax;

/// <summary>Quoted strings: one or three quotes of either kind, escapes, and raw strings without them.</summary>
/// <param name="Value">What the literal means.</param>
/// <param name="Length">Characters of it in the text; 0 when it does not end.</param>
/// <param name="Problem">What is wrong with it, or null.</param>
internal readonly record struct StringLiteral(string Value, int Length, string? Problem)
{
    private const string Unfinished = "the string does not end";

    /// <summary>Length of what stands before the quotes (r, b), or null when this is no string.</summary>
    public static int? PrefixLength(ReadOnlySpan<char> text)
    {
        var prefix = 0;
        while (prefix < 2 && prefix < text.Length && text[prefix] is 'r' or 'R' or 'b' or 'B')
            prefix++;
        return prefix < text.Length && text[prefix] is '"' or '\'' ? prefix : null;
    }

    /// <summary>Reads the literal that <paramref name="text"/> begins with.</summary>
    public static StringLiteral Read(ReadOnlySpan<char> text, int prefix)
    {
        var raw = text[..prefix].ContainsAny('r', 'R');
        var quote = text[prefix];
        var quotes = text[prefix..] is [var a, var b, var c, ..] && a == b && b == c ? 3 : 1;
        var value = new StringBuilder();
        for (var i = prefix + quotes; i < text.Length;)
        {
            if (IsEnd(text[i..], quote, quotes))
                return new StringLiteral(value.ToString(), i + quotes, null);
            if (quotes == 1 && text[i] is '\n' or '\r')
                return new StringLiteral("", 0, Unfinished + " on its line");
            if (raw || text[i] != '\\')
            {
                value.Append(text[i++]);
                continue;
            }
            var used = Escape(text[i..], value);
            if (used == 0)
                return new StringLiteral("", Math.Min(i + 2, text.Length), $"'{text[i..Math.Min(i + 2, text.Length)]}' does not begin an escape that CEL knows");
            i += used;
        }
        return new StringLiteral("", 0, Unfinished);
    }

    private static bool IsEnd(ReadOnlySpan<char> text, char quote, int quotes) =>
        text[0] == quote && (quotes == 1 || (text.Length >= 3 && text[1] == quote && text[2] == quote));

    // Characters used, or 0 when it is no escape.
    private static int Escape(ReadOnlySpan<char> text, StringBuilder value)
    {
        if (text.Length < 2)
            return 0;
        var simple = text[1] switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            '\\' or '?' or '"' or '\'' or '`' => text[1],
            _ => '\0',
        };
        if (simple != '\0')
        {
            value.Append(simple);
            return 2;
        }
        return text[1] switch
        {
            'x' or 'X' => CodePoint(text, 2, 2, value),
            'u' => CodePoint(text, 2, 4, value),
            'U' => CodePoint(text, 2, 8, value),
            >= '0' and <= '3' => Octal(text, value),
            _ => 0,
        };
    }

    private static int CodePoint(ReadOnlySpan<char> text, int from, int digits, StringBuilder value)
    {
        if (text.Length < from + digits || !uint.TryParse(text.Slice(from, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || !Rune.TryCreate(code, out var rune))
            return 0;
        value.Append(rune.ToString());
        return from + digits;
    }

    private static int Octal(ReadOnlySpan<char> text, StringBuilder value)
    {
        if (text.Length < 4 || text[2] is < '0' or > '7' || text[3] is < '0' or > '7')
            return 0;
        value.Append((char)(((text[1] - '0') * 64) + ((text[2] - '0') * 8) + (text[3] - '0')));
        return 4;
    }
}
