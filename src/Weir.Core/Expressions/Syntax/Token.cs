namespace Weir.Core.Expressions.Syntax;

internal enum TokenKind
{
    End,

    /// <summary>An identifier or a keyword; <see cref="Token.Text"/> is the word.</summary>
    Word,

    /// <summary>An operator or bracket; <see cref="Token.Text"/> is it.</summary>
    Symbol,

    /// <summary>A literal: <see cref="Token.Text"/> is what the string means. Of a number it is the digits; the sign stands before.</summary>
    String,
    Int,
    Uint,
    Double,
}

/// <summary>A word, symbol or literal of the text.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, TextSpan Span)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Word && Text == word;
}
