namespace Weir.Core.Expressions.Evaluation;

internal sealed class ConditionalNode(Node condition, Node then, Node otherwise) : Node
{
    public override Value Evaluate(ref EvaluationFrame frame)
    {
        var value = condition.Evaluate(ref frame);
        if (value.Kind != ValueKind.Bool)
            return value.IsError ? value : Value.Failed(EvaluationError.NoSuchOverload);
        return value.AsBool ? then.Evaluate(ref frame) : otherwise.Evaluate(ref frame);
    }
}
