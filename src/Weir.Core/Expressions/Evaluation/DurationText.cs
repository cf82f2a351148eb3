using System.Buffers;
using System.Globalization;

namespace Weir.Core.Expressions.Evaluation;

/// <summary>Durations as text: numbers with units, such as <c>1h30m</c>, <c>1.5s</c>, <c>-250ms</c>.</summary>
internal static class DurationText
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>Seconds and their fraction, as CEL's <c>string()</c> writes them.</summary>
    public static string Format(long nanoseconds)
    {
        var size = Int128.Abs(nanoseconds);
        var fraction = ((long)(size % Time.NanosecondsPerSecond)).ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return $"{(nanoseconds < 0 ? "-" : "")}{(long)(size / Time.NanosecondsPerSecond)}{(fraction.Length > 0 ? "." : "")}{fraction}s";
    }

    /// <summary>The duration; an error value when it is none, or too long.</summary>
    public static Value Parse(ReadOnlySpan<char> text)
    {
        var sign = text is ['-', ..] ? -1 : 1;
        var rest = text is ['-' or '+', ..] ? text[1..] : text;
        if (rest is "0")
            return Value.Duration(0);
        if (rest.IsEmpty)
            return Invalid;
        Int128 total = 0;
        while (!rest.IsEmpty)
        {
            var length = rest.IndexOfAnyExcept(NumberCharacters);
            if (length <= 0 || length > 24 || !Int128.TryParse(rest[..length].ToString().Replace(".", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var digits))
                return Invalid;
            var dot = rest[..length].IndexOf('.');
            if (dot >= 0 && rest[(dot + 1)..length].Contains('.'))
                return Invalid;
            var (unit, unitLength) = Unit(rest[length..]);
            if (unit == 0)
                return Invalid;
            total += digits * unit / Scale(dot < 0 ? 0 : length - dot - 1);
            rest = rest[(length + unitLength)..];
        }
        return Time.Duration(total * sign);
    }

    private static Value Invalid => Value.Failed(EvaluationError.InvalidConversion);

    private static Int128 Scale(int decimals)
    {
        Int128 scale = 1;
        for (var i = 0; i < decimals; i++)
            scale *= 10;
        return scale;
    }

    private static (long Nanoseconds, int Length) Unit(ReadOnlySpan<char> text) => text switch
    {
        ['n', 's', ..] => (1, 2),
        ['u', 's', ..] or ['µ', 's', ..] => (1_000, 2),
        ['m', 's', ..] => (1_000_000, 2),
        ['s', ..] => (Time.NanosecondsPerSecond, 1),
        ['m', ..] => (60 * Time.NanosecondsPerSecond, 1),
        ['h', ..] => (3600 * Time.NanosecondsPerSecond, 1),
        _ => (0, 0),
    };
}
