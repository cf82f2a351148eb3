namespace Weir.Core.Expressions.Evaluation;

/// <summary>The order of values: numbers of all kinds by what they are worth (integers and doubles as doubles), strings by code point, false before true.</summary>
internal static class ValueOrder
{
    /// <summary>Below, equal or above as -1, 0, 1; null where there is no order: NaN, or kinds that do not compare.</summary>
    /// <param name="a">One value.</param>
    /// <param name="b">The other.</param>
    /// <param name="comparable">Whether the kinds compare at all.</param>
    public static int? Compare(in Value a, in Value b, out bool comparable)
    {
        comparable = true;
        if (a.Kind == ValueKind.Int && b.Kind == ValueKind.Int)
            return a.AsInt.CompareTo(b.AsInt);
        if (IsNumber(a) && IsNumber(b))
            return CompareNumbers(a, b);
        if (a.Kind == b.Kind)
        {
            switch (a.Kind)
            {
                case ValueKind.String:
                    return CompareText(a.AsString, b.AsString);
                case ValueKind.Bool:
                    return a.AsBool.CompareTo(b.AsBool);
                case ValueKind.Duration:
                    return a.Nanoseconds.CompareTo(b.Nanoseconds);
                case ValueKind.Timestamp:
                    var seconds = a.UnixSeconds.CompareTo(b.UnixSeconds);
                    return seconds != 0 ? seconds : a.NanosecondOfSecond.CompareTo(b.NanosecondOfSecond);
            }
        }
        comparable = false;
        return null;
    }

    public static bool IsNumber(in Value value) => value.Kind is ValueKind.Int or ValueKind.Uint or ValueKind.Double;

    public static bool AreEqualNumbers(in Value a, in Value b) => IsNumber(a) && IsNumber(b) && CompareNumbers(a, b) == 0;

    private static int? CompareNumbers(in Value a, in Value b)
    {
        if (a.Kind == ValueKind.Double)
            return b.Kind == ValueKind.Double ? CompareDoubles(a.AsDouble, b.AsDouble) : -CompareToDouble(b, a.AsDouble);
        if (b.Kind == ValueKind.Double)
            return CompareToDouble(a, b.AsDouble);
        return Whole(a).CompareTo(Whole(b));
    }

    private static int? CompareDoubles(double a, double b) => a < b ? -1 : a > b ? 1 : a == b ? 0 : null;

    // As doubles: integers above 2^53 are rounded, as the conformance suite asks ("lossy_double") and other implementations do.
    private static int? CompareToDouble(in Value whole, double number) =>
        CompareDoubles(whole.Kind == ValueKind.Uint ? whole.AsUint : whole.AsInt, number);

    private static Int128 Whole(in Value value) => value.Kind == ValueKind.Uint ? value.AsUint : value.AsInt;

    // Ordinal order of UTF-16 puts U+E000..U+FFFF above the surrogates; code points do not.
    private static int CompareText(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
            return a.Length.CompareTo(b.Length);
        char x = a[same], y = b[same];
        return char.IsSurrogate(x) == char.IsSurrogate(y) ? x.CompareTo(y) : char.IsSurrogate(x) ? 1 : -1;
    }
}
