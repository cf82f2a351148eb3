namespace Weir.Core.Expressions.Evaluation;

/// <summary>A compiled piece of an expression. Evaluation gives a value or an error value and never throws.</summary>
internal abstract class Node
{
    public abstract Value Evaluate(ref EvaluationFrame frame);

    /// <summary>Whether there is something, for <c>has()</c>. An error when the way to it fails.</summary>
    public virtual Value Exists(ref EvaluationFrame frame)
    {
        var value = Evaluate(ref frame);
        return value.IsError ? value : Value.Of(true);
    }
}
