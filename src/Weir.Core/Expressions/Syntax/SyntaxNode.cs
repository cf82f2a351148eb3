namespace Weir.Core.Expressions.Syntax;

internal enum MacroKind
{
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
}

/// <summary>A node of the parsed tree.</summary>
/// <param name="Span">Its text.</param>
/// <param name="Height">1 for a leaf, else one more than its highest child: what recursion over the tree costs in stack.</param>
internal abstract record SyntaxNode(TextSpan Span, int Height)
{
    protected static int Above(params IEnumerable<SyntaxNode> children) => 1 + children.Select(c => c.Height).DefaultIfEmpty().Max();
}

/// <summary>null, a boolean, a number or a string.</summary>
internal sealed record LiteralSyntax(TextSpan Span, Value Value) : SyntaxNode(Span, 1);

internal sealed record NameSyntax(TextSpan Span, string Name) : SyntaxNode(Span, 1);

/// <summary>operand.field</summary>
internal sealed record SelectSyntax(TextSpan Span, SyntaxNode Operand, string Field) : SyntaxNode(Span, Above(Operand));

/// <summary>has(operand.field)</summary>
internal sealed record HasSyntax(TextSpan Span, SelectSyntax Selection) : SyntaxNode(Span, Above(Selection));

/// <summary>operand[index]</summary>
internal sealed record IndexSyntax(TextSpan Span, SyntaxNode Operand, SyntaxNode Index) : SyntaxNode(Span, Above(Operand, Index));

/// <summary>name(arguments) or target.name(arguments)</summary>
internal sealed record CallSyntax(TextSpan Span, SyntaxNode? Target, string Name, IReadOnlyList<SyntaxNode> Arguments)
    : SyntaxNode(Span, Above(Target is null ? Arguments : Arguments.Append(Target)));

internal sealed record ListSyntax(TextSpan Span, IReadOnlyList<SyntaxNode> Items) : SyntaxNode(Span, Above(Items));

/// <summary>{key: value}, with as many values as keys.</summary>
internal sealed record MapSyntax(TextSpan Span, IReadOnlyList<SyntaxNode> Keys, IReadOnlyList<SyntaxNode> Values) : SyntaxNode(Span, Above(Keys.Concat(Values)));

/// <summary><c>!</c> or <c>-</c>.</summary>
internal sealed record UnarySyntax(TextSpan Span, string Operator, SyntaxNode Operand) : SyntaxNode(Span, Above(Operand));

internal sealed record BinarySyntax(TextSpan Span, string Operator, SyntaxNode Left, SyntaxNode Right) : SyntaxNode(Span, Above(Left, Right));

/// <summary>A chain of <c>&amp;&amp;</c> or of <c>||</c>. Flat, so that a long list of alternatives is not a deep tree.</summary>
internal sealed record LogicalSyntax(TextSpan Span, bool IsAnd, IReadOnlyList<SyntaxNode> Operands) : SyntaxNode(Span, Above(Operands));

internal sealed record ConditionalSyntax(TextSpan Span, SyntaxNode Condition, SyntaxNode Then, SyntaxNode Else) : SyntaxNode(Span, Above(Condition, Then, Else));

/// <summary>range.macro(variable, body), and range.map(variable, body, result) where body is the filter.</summary>
internal sealed record MacroSyntax(TextSpan Span, MacroKind Macro, SyntaxNode Range, string Variable, SyntaxNode Body, SyntaxNode? Result)
    : SyntaxNode(Span, Above(Result is null ? [Range, Body] : [Range, Body, Result]));
