namespace Weir.Core.Expressions.Evaluation;

/// <summary>
/// <c>&amp;&amp;</c> and <c>||</c> of CEL: commutative. An operand that decides absorbs the errors of the others, on whichever
/// side it stands (langdef.md, "Logical Operators").
/// </summary>
internal sealed class LogicalNode(Node[] operands, bool isAnd) : Node
{
    public override Value Evaluate(ref EvaluationFrame frame)
    {
        Value error = default;
        foreach (var operand in operands)
        {
            var value = operand.Evaluate(ref frame);
            if (value.Kind == ValueKind.Bool)
            {
                if (value.AsBool != isAnd)
                    return value;
            }
            else if (!error.IsError)
                error = value.IsError ? value : Value.Failed(EvaluationError.NoSuchOverload);
            if (frame.IsExhausted)
                return Value.Failed(EvaluationError.BudgetExhausted);
        }
        return error.IsError ? error : Value.Of(isAnd);
    }
}
