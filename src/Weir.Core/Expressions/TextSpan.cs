namespace Weir.Core.Expressions;

/// <summary>A part of an expression's text.</summary>
/// <param name="Offset">First character, from 0.</param>
/// <param name="Length">Characters.</param>
/// <param name="Line">Line of the first character, from 1.</param>
/// <param name="Column">Column of the first character in that line, from 1.</param>
public readonly record struct TextSpan(int Offset, int Length, int Line, int Column)
{
    /// <summary>From the beginning of this to the end of <paramref name="last"/>.</summary>
    public TextSpan To(TextSpan last) => this with { Length = Math.Max(Length, last.Offset + last.Length - Offset) };
}
