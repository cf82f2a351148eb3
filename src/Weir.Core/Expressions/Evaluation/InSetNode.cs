using System.Collections.Frozen;

namespace Weir.Core.Expressions.Evaluation;

/// <summary><c>text in ["a", "b", …]</c> with strings known when the expression is compiled: one look-up, however many there are.</summary>
internal sealed class InSetNode(Node item, FrozenSet<string> set) : Node
{
    public override Value Evaluate(ref EvaluationFrame frame)
    {
        var value = item.Evaluate(ref frame);
        return value.IsError ? value : Value.Of(value.Kind == ValueKind.String && set.Contains(value.AsString));
    }
}
