using System.Globalization;

namespace Weir.Core.Catalog;

/// <summary>Decimal text to scaled integers and back, without floating point.</summary>
internal static class DecimalText
{
    /// <summary>
    /// Reads <c>[-]digits[.digits][e±digits]</c> as an integer count of 10^-<paramref name="scale"/>.
    /// False when the text is not a decimal, is finer than the scale, or does not fit.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, int scale, out Int128 value)
    {
        value = default;
        text = text.Trim();
        var negative = text is ['-', ..];
        if (negative)
            text = text[1..];
        if (!TrySplitExponent(ref text, out var exponent))
            return false;

        Int128 digits = 0;
        int decimals = 0, count = 0;
        var pointSeen = false;
        foreach (var c in text)
        {
            if (c == '.' && !pointSeen)
            {
                pointSeen = true;
                continue;
            }

            if (!char.IsAsciiDigit(c) || ++count > 30)
                return false;
            digits = digits * 10 + (c - '0');
            if (pointSeen)
                decimals++;
        }

        return count > 0 && TryShift(digits, scale - decimals + exponent, out value) && Negate(negative, ref value);
    }

    public static string Format(Int128 value, int scale, int minimumDecimals)
    {
        var digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var fraction = digits[^scale..].TrimEnd('0').PadRight(minimumDecimals, '0');
        var text = fraction.Length == 0 ? digits[..^scale] : digits[..^scale] + "." + fraction;
        return value < 0 ? "-" + text : text;
    }

    private static bool TrySplitExponent(ref ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        var at = text.IndexOfAny('e', 'E');
        if (at < 0)
            return true;
        var ok = int.TryParse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
        text = text[..at];
        return ok && exponent is >= -30 and <= 30;
    }

    private static bool TryShift(Int128 digits, int shift, out Int128 value)
    {
        value = digits;
        for (; shift < 0 && value != 0; shift++)
        {
            (value, var lost) = Int128.DivRem(value, 10);
            if (lost != 0)
                return false;
        }

        for (; shift > 0 && value != 0; shift--)
        {
            if (value > Int128.MaxValue / 10)
                return false;
            value *= 10;
        }

        return true;
    }

    private static bool Negate(bool negative, ref Int128 value)
    {
        if (negative)
            value = -value;
        return true;
    }
}
