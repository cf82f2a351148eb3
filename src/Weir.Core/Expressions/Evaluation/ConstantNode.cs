namespace Weir.Core.Expressions.Evaluation;

internal sealed class ConstantNode(Value value) : Node
{
    public Value Value { get; } = value;

    public override Value Evaluate(ref EvaluationFrame frame) => Value;
}
