namespace Weir.Core.Expressions.Evaluation;

/// <summary>Functions on strings. Comparisons are ordinal; lengths are in code points, as CEL counts.</summary>
internal static class Texts
{
    public static Value Size(in Value a, in Value none, ref EvaluationFrame frame) => a.Kind switch
    {
        ValueKind.String => frame.ChargeText(a.AsString.Length) ? Value.Of((long)CodePoints(a.AsString)) : Exhausted,
        ValueKind.List => Value.Of((long)a.AsList.Count),
        ValueKind.Map => Value.Of((long)a.AsMap.Count),
        _ => None,
    };

    public static Value Contains(in Value a, in Value b, ref EvaluationFrame frame) =>
        !AreTexts(a, b) ? None
        : frame.ChargeText(a.AsString.Length) ? Value.Of(a.AsString.Contains(b.AsString, StringComparison.Ordinal))
        : Exhausted;

    public static Value StartsWith(in Value a, in Value b, ref EvaluationFrame frame) =>
        !AreTexts(a, b) ? None
        : frame.ChargeText(Math.Min(a.AsString.Length, b.AsString.Length)) ? Value.Of(a.AsString.StartsWith(b.AsString, StringComparison.Ordinal))
        : Exhausted;

    public static Value EndsWith(in Value a, in Value b, ref EvaluationFrame frame) =>
        !AreTexts(a, b) ? None
        : frame.ChargeText(Math.Min(a.AsString.Length, b.AsString.Length)) ? Value.Of(a.AsString.EndsWith(b.AsString, StringComparison.Ordinal))
        : Exhausted;

    /// <summary>A to Z become a to z; everything else stays, whatever the language.</summary>
    public static Value LowerAscii(in Value a, in Value none, ref EvaluationFrame frame)
    {
        if (a.Kind != ValueKind.String)
            return None;
        if (!a.AsString.AsSpan().ContainsAnyInRange('A', 'Z'))
            return frame.ChargeText(a.AsString.Length) ? a : Exhausted;
        return frame.ChargeText(a.AsString.Length)
            ? Value.Of(string.Create(a.AsString.Length, a.AsString, static (to, from) => Lower(from, to)))
            : Exhausted;
    }

    private static void Lower(string from, Span<char> to)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] = from[i] is >= 'A' and <= 'Z' ? (char)(from[i] | 0x20) : from[i];
    }

    private static int CodePoints(string text)
    {
        var pairs = 0;
        for (var i = 0; i < text.Length - 1; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
                pairs++;
        }
        return text.Length - pairs;
    }

    private static bool AreTexts(in Value a, in Value b) => a.Kind == ValueKind.String && b.Kind == ValueKind.String;

    private static Value None => Value.Failed(EvaluationError.NoSuchOverload);

    private static Value Exhausted => Value.Failed(EvaluationError.BudgetExhausted);
}
