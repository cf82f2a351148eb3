namespace Weir.Core.Expressions.Evaluation;

internal sealed class MapNode(Node[] keys, Node[] values) : Node
{
    public override Value Evaluate(ref EvaluationFrame frame)
    {
        Value[] k = new Value[keys.Length], v = new Value[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            k[i] = keys[i].Evaluate(ref frame);
            if (k[i].IsError)
                return k[i];
            if (!MapKeys.IsKey(k[i]))
                return Value.Failed(EvaluationError.NoSuchOverload);
            v[i] = values[i].Evaluate(ref frame);
            if (v[i].IsError)
                return v[i];
        }
        return ValueMap.Of(k, v) is { } map ? Value.Of(map) : Value.Failed(EvaluationError.DuplicateKey);
    }
}
