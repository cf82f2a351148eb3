namespace Weir.Core.Expressions.Evaluation;

internal sealed class ListNode(Node[] items) : Node
{
    public override Value Evaluate(ref EvaluationFrame frame)
    {
        var values = new Value[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            values[i] = items[i].Evaluate(ref frame);
            if (values[i].IsError)
                return values[i];
        }
        return Value.Of(ValueList.Of(values));
    }
}
