using System.Globalization;

namespace Weir.Core.Expressions;

/// <summary>
/// A value of the expression language. A struct of three words: only strings, lists and maps refer to the heap, so that
/// evaluating a typical condition allocates nothing. The default value is <see cref="ValueKind.Absent"/>.
/// </summary>
public readonly struct Value
{
    private readonly object? _reference;
    private readonly long _bits;
    private readonly int _nanoseconds;

    private Value(ValueKind kind, long bits, object? reference = null, int nanoseconds = 0)
    {
        Kind = kind;
        _bits = bits;
        _reference = reference;
        _nanoseconds = nanoseconds;
    }

    public ValueKind Kind { get; }

    public bool IsError => Kind == ValueKind.Error;

    /// <summary>Exactly the boolean true; false for everything else, errors included.</summary>
    public bool IsTrue => Kind == ValueKind.Bool && _bits != 0;

    /// <summary>How the evaluation failed; <see cref="EvaluationError.None"/> for any other value.</summary>
    public EvaluationError Error => IsError ? (EvaluationError)_bits : EvaluationError.None;

    /// <summary>What an activation answers for a variable that has no value in this call.</summary>
    public static Value Absent => default;

    public static Value Null => new(ValueKind.Null, 0);

    public static Value Failed(EvaluationError error) => new(ValueKind.Error, (long)error);

    public static Value Of(bool value) => new(ValueKind.Bool, value ? 1 : 0);

    public static Value Of(long value) => new(ValueKind.Int, value);

    public static Value Of(ulong value) => new(ValueKind.Uint, (long)value);

    public static Value Of(double value) => new(ValueKind.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A string; null is <see cref="Absent"/>.</summary>
    public static Value Of(string? value) => value is null ? Absent : new(ValueKind.String, 0, value);

    public static Value Of(ValueList value) => new(ValueKind.List, 0, value);

    public static Value Of(ValueMap value) => new(ValueKind.Map, 0, value);

    /// <summary>A point in time.</summary>
    public static Value Of(DateTimeOffset value) =>
        Timestamp(value.ToUnixTimeSeconds(), (int)(value.UtcTicks % TimeSpan.TicksPerSecond) * (int)TimeSpan.NanosecondsPerTick);

    /// <summary>A duration; one beyond 292 years is an overflow.</summary>
    public static Value Of(TimeSpan value)
    {
        var nanoseconds = (Int128)value.Ticks * TimeSpan.NanosecondsPerTick;
        return nanoseconds == (long)nanoseconds ? Duration((long)nanoseconds) : Failed(EvaluationError.Overflow);
    }

    /// <summary>The boolean; only for <see cref="ValueKind.Bool"/>.</summary>
    public bool AsBool => _bits != 0;

    /// <summary>The integer; only for <see cref="ValueKind.Int"/>.</summary>
    public long AsInt => _bits;

    /// <summary>The unsigned integer; only for <see cref="ValueKind.Uint"/>.</summary>
    public ulong AsUint => (ulong)_bits;

    /// <summary>The double; only for <see cref="ValueKind.Double"/>.</summary>
    public double AsDouble => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>The string; only for <see cref="ValueKind.String"/>.</summary>
    public string AsString => (string)_reference!;

    /// <summary>The list; only for <see cref="ValueKind.List"/>.</summary>
    public ValueList AsList => (ValueList)_reference!;

    /// <summary>The map; only for <see cref="ValueKind.Map"/>.</summary>
    public ValueMap AsMap => (ValueMap)_reference!;

    /// <summary>Nanoseconds of a <see cref="ValueKind.Duration"/>.</summary>
    internal long Nanoseconds => _bits;

    /// <summary>Seconds since 1970 of a <see cref="ValueKind.Timestamp"/>; negative before.</summary>
    internal long UnixSeconds => _bits;

    /// <summary>Nanoseconds after <see cref="UnixSeconds"/>, 0 to 999,999,999.</summary>
    internal int NanosecondOfSecond => _nanoseconds;

    internal static Value Duration(long nanoseconds) => new(ValueKind.Duration, nanoseconds);

    internal static Value Timestamp(long unixSeconds, int nanoseconds) => new(ValueKind.Timestamp, unixSeconds, null, nanoseconds);

    // A whole double shows that it is one: 2.0.
    private static string Marked(string number) => number.AsSpan().TrimStart('-').ContainsAnyExceptInRange('0', '9') ? number : number + ".0";

    /// <summary>As the language writes the value, for logs and tests. Not what <c>string()</c> gives.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Bool => AsBool ? "true" : "false",
        ValueKind.Int => AsInt.ToString(CultureInfo.InvariantCulture),
        ValueKind.Uint => AsUint.ToString(CultureInfo.InvariantCulture) + "u",
        ValueKind.Double => Marked(AsDouble.ToString("R", CultureInfo.InvariantCulture)),
        ValueKind.String => $"\"{AsString}\"",
        ValueKind.List => AsList.ToString()!,
        ValueKind.Map => AsMap.ToString()!,
        ValueKind.Error => $"error: {Error}",
        ValueKind.Duration => Evaluation.DurationText.Format(Nanoseconds),
        ValueKind.Timestamp => Evaluation.TimestampText.Format(this),
        _ => Kind == ValueKind.Null ? "null" : "absent",
    };
}
