namespace Weir.Core.Expressions.Syntax;

/// <summary>Ends lexing or parsing at the first mistake. It never leaves <see cref="ExpressionParser.Parse"/>.</summary>
internal sealed class SyntaxException(ExpressionFault fault) : Exception(fault.Message)
{
    public ExpressionFault Fault { get; } = fault;

    public static SyntaxException At(TextSpan span, UnsupportedFeature feature) => new(feature.At(span));

    public static SyntaxException At(TextSpan span, string message, ExpressionFaultKind kind = ExpressionFaultKind.Syntax) =>
        new(new ExpressionFault(kind, message, span));
}
