namespace Weir.Core.Expressions.Evaluation;

/// <summary>The operators <c>+ - * / %</c>. Integers do not wrap: leaving 64 bits is an error.</summary>
internal static class Arithmetic
{
    public static Value Add(in Value a, in Value b, ref EvaluationFrame frame) => (a.Kind, b.Kind) switch
    {
        (ValueKind.Int, ValueKind.Int) => Whole((Int128)a.AsInt + b.AsInt),
        (ValueKind.Uint, ValueKind.Uint) => Unsigned((Int128)a.AsUint + b.AsUint),
        (ValueKind.Double, ValueKind.Double) => Value.Of(a.AsDouble + b.AsDouble),
        (ValueKind.String, ValueKind.String) => Joined(a.AsString, b.AsString, ref frame),
        (ValueKind.List, ValueKind.List) => Joined(a.AsList, b.AsList, ref frame),
        (ValueKind.Duration, ValueKind.Duration) => Time.Duration((Int128)a.Nanoseconds + b.Nanoseconds),
        (ValueKind.Timestamp, ValueKind.Duration) => Time.Move(a, b.Nanoseconds),
        (ValueKind.Duration, ValueKind.Timestamp) => Time.Move(b, a.Nanoseconds),
        _ => None,
    };

    public static Value Subtract(in Value a, in Value b, ref EvaluationFrame frame) => (a.Kind, b.Kind) switch
    {
        (ValueKind.Int, ValueKind.Int) => Whole((Int128)a.AsInt - b.AsInt),
        (ValueKind.Uint, ValueKind.Uint) => Unsigned((Int128)a.AsUint - b.AsUint),
        (ValueKind.Double, ValueKind.Double) => Value.Of(a.AsDouble - b.AsDouble),
        (ValueKind.Duration, ValueKind.Duration) => Time.Duration((Int128)a.Nanoseconds - b.Nanoseconds),
        (ValueKind.Timestamp, ValueKind.Duration) => Time.Move(a, -(Int128)b.Nanoseconds),
        (ValueKind.Timestamp, ValueKind.Timestamp) => Time.Between(a, b),
        _ => None,
    };

    public static Value Multiply(in Value a, in Value b, ref EvaluationFrame frame) => (a.Kind, b.Kind) switch
    {
        (ValueKind.Int, ValueKind.Int) => Whole((Int128)a.AsInt * b.AsInt),
        (ValueKind.Uint, ValueKind.Uint) => Math.BigMul(a.AsUint, b.AsUint, out var low) == 0 ? Value.Of(low) : Overflow,
        (ValueKind.Double, ValueKind.Double) => Value.Of(a.AsDouble * b.AsDouble),
        _ => None,
    };

    public static Value Divide(in Value a, in Value b, ref EvaluationFrame frame) => (a.Kind, b.Kind) switch
    {
        (ValueKind.Int, ValueKind.Int) => b.AsInt == 0 ? ByZero : Whole((Int128)a.AsInt / b.AsInt),
        (ValueKind.Uint, ValueKind.Uint) => b.AsUint == 0 ? ByZero : Value.Of(a.AsUint / b.AsUint),
        (ValueKind.Double, ValueKind.Double) => Value.Of(a.AsDouble / b.AsDouble),
        _ => None,
    };

    // The least integer by -1 overflows in division and so, as in the reference implementation, in the remainder.
    public static Value Remainder(in Value a, in Value b, ref EvaluationFrame frame) => (a.Kind, b.Kind) switch
    {
        (ValueKind.Int, ValueKind.Int) => b.AsInt == 0 ? ByZero : a.AsInt == long.MinValue && b.AsInt == -1 ? Overflow : Value.Of(a.AsInt % b.AsInt),
        (ValueKind.Uint, ValueKind.Uint) => b.AsUint == 0 ? ByZero : Value.Of(a.AsUint % b.AsUint),
        _ => None,
    };

    public static Value Negate(in Value a, in Value none, ref EvaluationFrame frame) => a.Kind switch
    {
        ValueKind.Int => Whole(-(Int128)a.AsInt),
        ValueKind.Double => Value.Of(-a.AsDouble),
        _ => None,
    };

    private static Value None => Value.Failed(EvaluationError.NoSuchOverload);

    private static Value Overflow => Value.Failed(EvaluationError.Overflow);

    private static Value ByZero => Value.Failed(EvaluationError.DivideByZero);

    private static Value Whole(Int128 value) => value == (long)value ? Value.Of((long)value) : Overflow;

    private static Value Unsigned(Int128 value) => value >= 0 && value <= ulong.MaxValue ? Value.Of((ulong)value) : Overflow;

    private static Value Joined(string a, string b, ref EvaluationFrame frame) =>
        frame.ChargeText(a.Length + b.Length) ? Value.Of(string.Concat(a, b)) : Value.Failed(EvaluationError.BudgetExhausted);

    private static Value Joined(ValueList a, ValueList b, ref EvaluationFrame frame)
    {
        if (!frame.Charge(a.Count + b.Count))
            return Value.Failed(EvaluationError.BudgetExhausted);
        var items = new Value[a.Count + b.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = i < a.Count ? a[i] : b[i - a.Count];
        return Value.Of(ValueList.Of(items));
    }
}
