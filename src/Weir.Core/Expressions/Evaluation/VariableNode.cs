namespace Weir.Core.Expressions.Evaluation;

internal sealed class VariableNode(Variable variable) : Node
{
    public override Value Evaluate(ref EvaluationFrame frame)
    {
        var value = frame.Activation.Read(variable);
        if (value.IsError || variable.Type.Holds(value.Kind))
            return value;
        return Value.Failed(value.Kind == ValueKind.Absent ? EvaluationError.NotSet : EvaluationError.WrongVariableType);
    }

    public override Value Exists(ref EvaluationFrame frame)
    {
        var value = Evaluate(ref frame);
        return value.Error == EvaluationError.NotSet ? Value.Of(false) : value.IsError ? value : Value.Of(true);
    }
}
