using System.Text.RegularExpressions;

namespace Weir.Core.Expressions.Evaluation;

/// <summary>matches() with a pattern known when the expression is compiled.</summary>
internal sealed class MatchesNode(Node text, Regex pattern) : Node
{
    public override Value Evaluate(ref EvaluationFrame frame)
    {
        var value = text.Evaluate(ref frame);
        if (value.Kind != ValueKind.String)
            return value.IsError ? value : Value.Failed(EvaluationError.NoSuchOverload);
        return frame.Charge(Cost(value.AsString.Length)) ? Value.Of(pattern.IsMatch(value.AsString)) : Value.Failed(EvaluationError.BudgetExhausted);
    }

    /// <summary>Steps for matching against so many characters: automata take several times what a search takes.</summary>
    public static int Cost(int characters) => characters / (EvaluationFrame.TextStep / 4);
}
