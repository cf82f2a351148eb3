namespace Weir.Core.Expressions.Syntax;

/// <summary>A tree, or what is wrong with the text.</summary>
internal sealed record ParseResult(SyntaxNode? Root, IReadOnlyList<ExpressionFault> Faults);
