namespace Weir.Core.Expressions.Evaluation;

/// <summary>The relations <c>== != &lt; &lt;= &gt; &gt;= in</c> and indexing, as function bodies.</summary>
internal static class Comparing
{
    public static Value Equal(in Value a, in Value b, ref EvaluationFrame frame) => Value.Of(ValueEquality.AreEqual(a, b, ref frame));

    public static Value NotEqual(in Value a, in Value b, ref EvaluationFrame frame) => Value.Of(!ValueEquality.AreEqual(a, b, ref frame));

    public static Value Less(in Value a, in Value b, ref EvaluationFrame frame) => Ordered(a, b, static order => order < 0, ref frame);

    public static Value LessOrEqual(in Value a, in Value b, ref EvaluationFrame frame) => Ordered(a, b, static order => order <= 0, ref frame);

    public static Value Greater(in Value a, in Value b, ref EvaluationFrame frame) => Ordered(a, b, static order => order > 0, ref frame);

    public static Value GreaterOrEqual(in Value a, in Value b, ref EvaluationFrame frame) => Ordered(a, b, static order => order >= 0, ref frame);

    public static Value In(in Value a, in Value b, ref EvaluationFrame frame) => b.Kind switch
    {
        ValueKind.List => Value.Of(ValueEquality.Contains(b.AsList, a, ref frame)),
        ValueKind.Map => Value.Of(b.AsMap.TryGet(a, out _)),
        _ => Value.Failed(EvaluationError.NoSuchOverload),
    };

    public static Value Index(in Value a, in Value b, ref EvaluationFrame frame)
    {
        switch (a.Kind)
        {
            case ValueKind.Map:
                return a.AsMap.TryGet(b, out var value) ? value : Value.Failed(EvaluationError.NoSuchKey);
            case ValueKind.List when ValueOrder.IsNumber(b):
                var index = b.Kind == ValueKind.Double && b.AsDouble % 1 != 0 ? Value.Failed(EvaluationError.NoSuchOverload) : Conversions.ToInt(b, default, ref frame);
                if (index.IsError)
                    return index;
                return index.AsInt >= 0 && index.AsInt < a.AsList.Count ? a.AsList[(int)index.AsInt] : Value.Failed(EvaluationError.IndexOutOfRange);
            default:
                return Value.Failed(EvaluationError.NoSuchOverload);
        }
    }

    // NaN has no order, so every comparison with it is false.
    private static Value Ordered(in Value a, in Value b, Func<int?, bool> holds, ref EvaluationFrame frame)
    {
        if (a.Kind == ValueKind.String && b.Kind == ValueKind.String && !frame.ChargeText(Math.Min(a.AsString.Length, b.AsString.Length)))
            return Value.Failed(EvaluationError.BudgetExhausted);
        var order = ValueOrder.Compare(a, b, out var comparable);
        return comparable ? Value.Of(holds(order)) : Value.Failed(EvaluationError.NoSuchOverload);
    }
}
