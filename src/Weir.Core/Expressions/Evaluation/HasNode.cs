namespace Weir.Core.Expressions.Evaluation;

internal sealed class HasNode(Node selection) : Node
{
    public override Value Evaluate(ref EvaluationFrame frame) => selection.Exists(ref frame);
}
