namespace Weir.Core.Expressions.Evaluation;

/// <summary>map.field, which is map["field"].</summary>
internal sealed class FieldNode(Node operand, string field) : Node
{
    private readonly Value _key = Value.Of(field);

    public override Value Evaluate(ref EvaluationFrame frame)
    {
        var map = operand.Evaluate(ref frame);
        if (map.Kind != ValueKind.Map)
            return map.IsError ? map : Value.Failed(EvaluationError.NoSuchOverload);
        return map.AsMap.TryGet(_key, out var value) ? value : Value.Failed(EvaluationError.NoSuchKey);
    }

    public override Value Exists(ref EvaluationFrame frame)
    {
        var map = operand.Evaluate(ref frame);
        if (map.Kind != ValueKind.Map)
            return map.IsError ? map : Value.Failed(EvaluationError.NoSuchOverload);
        return Value.Of(map.AsMap.TryGet(_key, out _));
    }
}
