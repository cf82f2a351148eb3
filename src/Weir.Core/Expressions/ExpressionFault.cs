namespace Weir.Core.Expressions;

/// <summary>What is wrong with an expression.</summary>
public enum ExpressionFaultKind
{
    /// <summary>The text is not an expression.</summary>
    Syntax,

    /// <summary>CEL has it and Weir's subset does not: see <see cref="UnsupportedFeature"/>.</summary>
    Unsupported,

    /// <summary>A name, field or function that does not exist.</summary>
    UnknownName,

    /// <summary>Types do not go together.</summary>
    Type,

    /// <summary>A macro such as <c>all</c> or <c>has</c> with arguments it cannot take.</summary>
    Macro,

    /// <summary>A regular expression that cannot be used.</summary>
    Pattern,

    /// <summary>Too long, too deep or too costly.</summary>
    Cost,
}

/// <summary>A mistake in an expression, with its place in the text. Who shows it adds the file and the hint.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Message">One sentence without a full stop, in words for whoever wrote the expression.</param>
/// <param name="Span">The part of the text it is about.</param>
/// <param name="Name">For <see cref="ExpressionFaultKind.UnknownName"/>: the name as written.</param>
/// <param name="Candidates">For <see cref="ExpressionFaultKind.UnknownName"/>: what it could have been.</param>
public sealed record ExpressionFault(
    ExpressionFaultKind Kind, string Message, TextSpan Span, string? Name = null, IReadOnlyList<string>? Candidates = null)
{
    /// <summary>For <see cref="ExpressionFaultKind.Unsupported"/>: what CEL has and Weir has not.</summary>
    public UnsupportedFeature? Feature { get; init; }
}
