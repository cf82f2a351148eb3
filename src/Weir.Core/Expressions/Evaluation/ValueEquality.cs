namespace Weir.Core.Expressions.Evaluation;

/// <summary>Equality of CEL: of different kinds, false; of numbers, by what they are worth; of lists and maps, by what they hold.</summary>
internal static class ValueEquality
{
    /// <summary>Compares, and charges for long texts and for items. When the budget runs out the answer does not count.</summary>
    public static bool AreEqual(in Value a, in Value b, ref EvaluationFrame frame)
    {
        if (a.Kind != b.Kind)
            return ValueOrder.AreEqualNumbers(a, b);
        switch (a.Kind)
        {
            case ValueKind.String:
                return a.AsString.Length == b.AsString.Length && frame.ChargeText(a.AsString.Length) && a.AsString == b.AsString;
            case ValueKind.List:
                return AreEqual(a.AsList, b.AsList, ref frame);
            case ValueKind.Map:
                return AreEqual(a.AsMap, b.AsMap, ref frame);
            case ValueKind.Null:
                return true;
            default:
                return ValueOrder.Compare(a, b, out _) == 0;
        }
    }

    /// <summary>Whether <paramref name="item"/> equals one of <paramref name="list"/>.</summary>
    public static bool Contains(ValueList list, in Value item, ref EvaluationFrame frame)
    {
        for (var i = 0; i < list.Count && frame.Charge(1); i++)
        {
            if (AreEqual(list[i], item, ref frame))
                return true;
        }
        return false;
    }

    private static bool AreEqual(ValueList a, ValueList b, ref EvaluationFrame frame)
    {
        if (a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!frame.Charge(1) || !AreEqual(a[i], b[i], ref frame))
                return false;
        }
        return true;
    }

    private static bool AreEqual(ValueMap a, ValueMap b, ref EvaluationFrame frame)
    {
        if (a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            var key = a.KeyAt(i);
            if (!frame.Charge(1) || !a.TryGet(key, out var value) || !b.TryGet(key, out var other) || !AreEqual(value, other, ref frame))
                return false;
        }
        return true;
    }
}
