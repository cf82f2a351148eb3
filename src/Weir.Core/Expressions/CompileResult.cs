namespace Weir.Core.Expressions;

/// <summary>A program, or the reasons why there is none.</summary>
/// <param name="Program">What to evaluate; null when there are faults.</param>
/// <param name="Faults">Everything that is wrong, in the order of the text; empty when there is a program.</param>
public sealed record CompileResult(ExpressionProgram? Program, IReadOnlyList<ExpressionFault> Faults);
