namespace Weir.Core.Expressions.Evaluation;

/// <summary>The item of a loop.</summary>
internal sealed class LocalNode(int slot) : Node
{
    public override Value Evaluate(ref EvaluationFrame frame) => frame.Local(slot);
}
