using Weir.Core.Expressions.Evaluation;

namespace Weir.Core.Expressions;

/// <summary>A compiled expression. Immutable, safe to share between threads; evaluating it never throws and always ends.</summary>
public sealed class ExpressionProgram
{
    private readonly Node _root;
    private readonly int _fixedCost;
    private readonly int _stepBudget;

    internal ExpressionProgram(string text, Node root, ExpressionType type, IReadOnlyList<Variable> variables, long fixedCost, long cost, int stepBudget)
    {
        Text = text;
        Type = type;
        Variables = variables;
        Cost = cost;
        _root = root;
        _fixedCost = (int)Math.Min(fixedCost, int.MaxValue);
        _stepBudget = stepBudget;
    }

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>The type of every result that is not an error.</summary>
    public ExpressionType Type { get; }

    /// <summary>The variables an evaluation may read, in the order of the text. What is not among them need not be computed.</summary>
    public IReadOnlyList<Variable> Variables { get; }

    /// <summary>Steps that an evaluation takes at most, as long as inputs are no larger than the estimate assumes.</summary>
    public long Cost { get; }

    /// <summary>The result for <paramref name="activation"/>: a value of <see cref="Type"/> or an error value.</summary>
    public Value Evaluate(IActivation activation) => Evaluate(activation, out _);

    /// <inheritdoc cref="Evaluate(IActivation)"/>
    public Value Evaluate(IActivation activation, out int steps)
    {
        var frame = new EvaluationFrame(activation, _stepBudget);
        if (!frame.Charge(_fixedCost))
        {
            steps = _stepBudget;
            return Value.Failed(EvaluationError.BudgetExhausted);
        }
        var result = _root.Evaluate(ref frame);
        steps = Math.Min(_stepBudget, _stepBudget - frame.StepsLeft);
        if (frame.IsExhausted)
            return Value.Failed(EvaluationError.BudgetExhausted);
        return result.IsError || Type.Holds(result.Kind) ? result : Value.Failed(EvaluationError.WrongVariableType);
    }

    /// <summary>The result of a condition, where an error counts as <paramref name="onError"/>.</summary>
    public bool Test(IActivation activation, bool onError)
    {
        var result = Evaluate(activation);
        return result.IsError ? onError : result.IsTrue;
    }
}
