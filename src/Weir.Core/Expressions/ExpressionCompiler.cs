using Weir.Core.Expressions.Binding;
using Weir.Core.Expressions.Syntax;

namespace Weir.Core.Expressions;

/// <summary>
/// Text to program: lexer, parser, type check against a vocabulary, cost estimate, tree of nodes. The language is a subset
/// of CEL (cel-spec, doc/langdef.md); docs/reference/expressions.md says which.
/// </summary>
public static class ExpressionCompiler
{
    /// <summary>Compiles <paramref name="text"/>.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="vocabulary">The names it may use.</param>
    /// <param name="expected">The type its result must have: bool for a condition.</param>
    /// <param name="limits">What it may cost; <see cref="ExpressionLimits.Default"/> when null.</param>
    public static CompileResult Compile(string text, Vocabulary vocabulary, ExpressionType expected, ExpressionLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        limits ??= ExpressionLimits.Default;
        var parsed = ExpressionParser.Parse(text, limits);
        if (parsed.Root is null)
            return new CompileResult(null, parsed.Faults);

        var faults = new List<ExpressionFault>();
        var binder = new Binder(vocabulary, limits, faults);
        var bound = binder.Bind(parsed.Root);
        if (faults.Count == 0 && !bound.Type.Fits(expected))
            faults.Add(new ExpressionFault(ExpressionFaultKind.Type, $"{expected} is needed here, and this is {bound.Type}", parsed.Root.Span));
        if (faults.Count == 0 && bound.Total > limits.MaxCost)
            faults.Add(TooCostly(bound.Total, limits.MaxCost, parsed.Root.Span));
        if (faults.Count > 0)
            return new CompileResult(null, [.. faults.OrderBy(f => f.Span.Offset)]);

        var type = expected.Kind == TypeKind.Dyn ? bound.Type : expected;
        return new CompileResult(new ExpressionProgram(text, bound.Node, type, binder.Variables, bound.Fixed, bound.Total, limits.StepBudget), []);
    }

    private static ExpressionFault TooCostly(long cost, long limit, TextSpan span) =>
        new(ExpressionFaultKind.Cost, $"this could take {cost} steps and the limit is {limit}: loop over shorter lists, or nest fewer loops", span);
}
