namespace Weir.Core.Expressions.Evaluation;

/// <summary>What a function or operator of one or two arguments does. With one, the second is absent.</summary>
internal delegate Value FunctionBody(in Value first, in Value second, ref EvaluationFrame frame);

/// <summary>A call. An argument that is an error is the result.</summary>
internal sealed class CallNode(FunctionBody body, Node first, Node? second) : Node
{
    public override Value Evaluate(ref EvaluationFrame frame)
    {
        var a = first.Evaluate(ref frame);
        if (a.IsError)
            return a;
        var b = second is null ? default : second.Evaluate(ref frame);
        return b.IsError ? b : body(a, b, ref frame);
    }
}
