using System.Globalization;

namespace Weir.Core.Expressions.Evaluation;

/// <summary>int(), uint(), double(), string(), bool(), duration(), timestamp(). What does not convert is an error, never a guess.</summary>
internal static class Conversions
{
    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    public static Value ToInt(in Value a, in Value none, ref EvaluationFrame frame) => a.Kind switch
    {
        ValueKind.Int => a,
        ValueKind.Uint => a.AsUint <= long.MaxValue ? Value.Of((long)a.AsUint) : Overflow,
        ValueKind.Double => a.AsDouble is > -TwoTo63 and < TwoTo63 ? Value.Of((long)a.AsDouble) : Overflow,
        ValueKind.String => long.TryParse(a.AsString, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? Value.Of(whole) : Invalid,
        ValueKind.Timestamp => Value.Of(a.UnixSeconds),
        _ => None,
    };

    public static Value ToUint(in Value a, in Value none, ref EvaluationFrame frame) => a.Kind switch
    {
        ValueKind.Uint => a,
        ValueKind.Int => a.AsInt >= 0 ? Value.Of((ulong)a.AsInt) : Overflow,
        ValueKind.Double => a.AsDouble is >= 0 and < TwoTo64 ? Value.Of((ulong)a.AsDouble) : Overflow,
        ValueKind.String => ulong.TryParse(a.AsString, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? Value.Of(whole) : Invalid,
        _ => None,
    };

    public static Value ToDouble(in Value a, in Value none, ref EvaluationFrame frame) => a.Kind switch
    {
        ValueKind.Double => a,
        ValueKind.Int => Value.Of((double)a.AsInt),
        ValueKind.Uint => Value.Of((double)a.AsUint),
        ValueKind.String => ParseDouble(a.AsString),
        _ => None,
    };

    public static Value ToText(in Value a, in Value none, ref EvaluationFrame frame) => a.Kind switch
    {
        ValueKind.String => a,
        ValueKind.Int => Value.Of(a.AsInt.ToString(CultureInfo.InvariantCulture)),
        ValueKind.Uint => Value.Of(a.AsUint.ToString(CultureInfo.InvariantCulture)),
        ValueKind.Double => Value.Of(a.AsDouble.ToString("R", CultureInfo.InvariantCulture)),
        ValueKind.Bool or ValueKind.Duration or ValueKind.Timestamp => Value.Of(a.ToString()),
        _ => None,
    };

    public static Value ToBool(in Value a, in Value none, ref EvaluationFrame frame) => a.Kind switch
    {
        ValueKind.Bool => a,
        ValueKind.String => a.AsString switch
        {
            "1" or "t" or "T" or "true" or "TRUE" or "True" => Value.Of(true),
            "0" or "f" or "F" or "false" or "FALSE" or "False" => Value.Of(false),
            _ => Invalid,
        },
        _ => None,
    };

    public static Value ToDuration(in Value a, in Value none, ref EvaluationFrame frame) => a.Kind switch
    {
        ValueKind.Duration => a,
        ValueKind.String => DurationText.Parse(a.AsString),
        _ => None,
    };

    public static Value ToTimestamp(in Value a, in Value none, ref EvaluationFrame frame) => a.Kind switch
    {
        ValueKind.Timestamp => a,
        ValueKind.String => TimestampText.Parse(a.AsString),
        ValueKind.Int => Time.Timestamp(a.AsInt, 0),
        _ => None,
    };

    // .NET makes infinity of digits that are too large; in CEL that is an error.
    private static Value ParseDouble(string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number))
            return Invalid;
        return double.IsInfinity(number) && text.AsSpan().ContainsAnyInRange('0', '9') ? Overflow : Value.Of(number);
    }

    private static Value None => Value.Failed(EvaluationError.NoSuchOverload);

    private static Value Overflow => Value.Failed(EvaluationError.Overflow);

    private static Value Invalid => Value.Failed(EvaluationError.InvalidConversion);
}
