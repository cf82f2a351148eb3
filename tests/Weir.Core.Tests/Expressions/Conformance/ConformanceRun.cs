using Weir.Core.Expressions;

namespace Weir.Core.Tests.Expressions.Conformance;

internal enum Verdict
{
    Passed,

    /// <summary>The evaluation must fail, and Weir's type check refuses the expression before it.</summary>
    Refused,

    /// <summary>It needs something that the subset declares it has not.</summary>
    Outside,
    Failed,
}

/// <summary>What became of one test of the suite.</summary>
/// <param name="Case">The test.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Why">What it needs that is outside the subset, or what differs.</param>
internal sealed record ConformanceRun(ConformanceCase Case, Verdict Verdict, string Why = "")
{
    public const string Namespaced = "names resolved in a namespace, such as those of messages and enums";
    private const string Unchecked = "no type check: expressions that CEL's own refuses";

    /// <summary>
    /// Compiles and evaluates as for a route, with the same limits. What the compiler takes must give what the test says, in no
    /// more steps than estimated.
    /// </summary>
    public static ConformanceRun Of(ConformanceCase test)
    {
        var (variables, outside) = ConformanceVariables.Of(test);
        if (variables is null)
            return new ConformanceRun(test, Verdict.Outside, outside);
        var compiled = ExpressionCompiler.Compile(test.Expression, variables.Names, ExpressionType.Dyn);
        return compiled.Program is null ? NotCompiled(test, compiled.Faults) : Compiled(test, compiled.Program, variables);
    }

    private static ConformanceRun NotCompiled(ConformanceCase test, IReadOnlyList<ExpressionFault> faults)
    {
        if (faults.FirstOrDefault(f => f.Feature is not null) is { } unsupported)
            return new ConformanceRun(test, Verdict.Outside, unsupported.Feature!.Name);
        if (test.Container.Length > 0 && faults.Any(f => f.Kind == ExpressionFaultKind.UnknownName))
            return new ConformanceRun(test, Verdict.Outside, Namespaced);
        var byTypeCheck = faults.All(f => f.Kind is ExpressionFaultKind.Type or ExpressionFaultKind.UnknownName);
        if (test.Fails && byTypeCheck)
            return new ConformanceRun(test, Verdict.Refused);
        return test.IsUnchecked && byTypeCheck
            ? new ConformanceRun(test, Verdict.Outside, Unchecked)
            : Failed(test, $"refused: {faults[0].Message}");
    }

    private static ConformanceRun Compiled(ConformanceCase test, ExpressionProgram program, ConformanceVariables variables)
    {
        if (test.DeducedType is { } deduced && ConformanceValues.Type(deduced)?.ToString() != program.Type.ToString())
            return Failed(test, $"the type is {program.Type} instead of {deduced}");
        if (test.IsCheckOnly)
            return new ConformanceRun(test, Verdict.Passed);
        var actual = program.Evaluate(variables, out var steps);
        if (steps > program.Cost)
            return Failed(test, $"takes {steps} steps where {program.Cost} were estimated");
        if (test.Fails)
            return actual.IsError ? new ConformanceRun(test, Verdict.Passed) : Failed(test, $"gives {actual} instead of an error");
        var expected = test.Result is { } result ? ConformanceValues.Value(result) : Value.Of(true);
        return expected is { } value && ConformanceValues.AreSame(value, actual)
            ? new ConformanceRun(test, Verdict.Passed)
            : Failed(test, $"gives {actual} instead of {(expected is null ? test.Result.ToString() : expected.ToString())}");
    }

    private static ConformanceRun Failed(ConformanceCase test, string difference) => new(test, Verdict.Failed, difference);
}
