using System.Buffers;

namespace Weir.Core.Expressions.Syntax;

/// <summary>Text to tokens.</summary>
internal ref struct Lexer
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> WordCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    private readonly string _text;
    private int _position;
    private int _line = 1;
    private int _lineStart;

    private Lexer(string text) => _text = text;

    /// <summary>All tokens, an <see cref="TokenKind.End"/> last.</summary>
    /// <exception cref="SyntaxException">The text holds something that is no token.</exception>
    public static List<Token> Tokenize(string text)
    {
        var lexer = new Lexer(text);
        var tokens = new List<Token>();
        do
            tokens.Add(lexer.Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private readonly ReadOnlySpan<char> Rest => _text.AsSpan(_position);

    private Token Next()
    {
        SkipBlanks();
        if (_position == _text.Length)
            return Take(TokenKind.End, 0, "the end");
        var first = _text[_position];
        if (char.IsAsciiDigit(first) || (first == '.' && _position + 1 < _text.Length && char.IsAsciiDigit(_text[_position + 1])))
            return Number();
        if (StringLiteral.PrefixLength(Rest) is { } prefix)
            return String(prefix);
        if (char.IsAsciiLetter(first) || first == '_')
        {
            var length = LengthOf(WordCharacters, 0);
            return Take(TokenKind.Word, length, Rest[..length].ToString());
        }
        foreach (var symbol in Symbols)
        {
            if (Rest.StartsWith(symbol, StringComparison.Ordinal))
                return Take(TokenKind.Symbol, symbol.Length, symbol);
        }
        if (first == '`')
            throw SyntaxException.At(Span(1), UnsupportedFeature.QuotedFields);
        throw SyntaxException.At(Span(1), first switch
        {
            '=' => "'=' is not an operator: equality is '=='",
            '&' => "'&' is not an operator: both is '&&'",
            '|' => "'|' is not an operator: either is '||'",
            _ => $"'{(char.IsControl(first) || char.IsSurrogate(first) ? $"\\u{(int)first:X4}" : first)}' cannot stand here",
        });
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length)
        {
            if (_text[_position] is ' ' or '\t' or '\r' or '\n' or '\f')
                Advance(1);
            else if (Rest.StartsWith("//", StringComparison.Ordinal))
                Advance(Rest.IndexOf('\n') is var end and >= 0 ? end : Rest.Length);
            else
                return;
        }
    }

    private Token Number()
    {
        if (Rest.StartsWith("0x", StringComparison.Ordinal) || Rest.StartsWith("0X", StringComparison.Ordinal))
            return Integer(2 + LengthOf(HexDigits, 2), 2);
        var length = LengthOf(Digits, 0);
        var isDouble = false;
        if (length < Rest.Length && Rest[length] == '.' && LengthOf(Digits, length + 1) is var fraction and > 0)
            (length, isDouble) = (length + 1 + fraction, true);
        if (length < Rest.Length && Rest[length] is 'e' or 'E')
        {
            var sign = length + 1 < Rest.Length && Rest[length + 1] is '+' or '-' ? 1 : 0;
            if (LengthOf(Digits, length + 1 + sign) is var exponent and > 0)
                (length, isDouble) = (length + 1 + sign + exponent, true);
        }
        return isDouble ? Closed(Take(TokenKind.Double, length, Rest[..length].ToString())) : Integer(length, 1);
    }

    private Token Integer(int length, int least)
    {
        if (length <= least && least == 2)
            throw SyntaxException.At(Span(2), "hexadecimal digits are missing after 0x");
        var digits = Rest[..length].ToString();
        return Closed(length < Rest.Length && Rest[length] is 'u' or 'U'
            ? Take(TokenKind.Uint, length + 1, digits)
            : Take(TokenKind.Int, length, digits));
    }

    // "1x" is a typing mistake, not the number 1 beside the name x.
    private readonly Token Closed(Token number) =>
        LengthOf(WordCharacters, 0) is 0 ? number : throw SyntaxException.At(number.Span, $"'{number.Text}{Rest[0]}' is not a number");

    private Token String(int prefix)
    {
        var start = Span(Math.Min(Rest.Length, prefix + 1));
        if (Rest[..prefix].ContainsAny('b', 'B'))
            throw SyntaxException.At(start, UnsupportedFeature.Bytes);
        var literal = StringLiteral.Read(Rest, prefix);
        if (literal.Problem is not null)
            throw SyntaxException.At(literal.Length == 0 ? start : Span(literal.Length), literal.Problem);
        return Take(TokenKind.String, literal.Length, literal.Value);
    }

    private readonly int LengthOf(SearchValues<char> characters, int from)
    {
        var rest = from <= Rest.Length ? Rest[from..] : default;
        return rest.IndexOfAnyExcept(characters) is var end and >= 0 ? end : rest.Length;
    }

    private Token Take(TokenKind kind, int length, string text)
    {
        var token = new Token(kind, text, Span(length));
        Advance(length);
        return token;
    }

    private readonly TextSpan Span(int length) => new(_position, length, _line, _position - _lineStart + 1);

    private void Advance(int length)
    {
        for (var end = _position + length; _position < end; _position++)
        {
            if (_text[_position] == '\n')
                (_line, _lineStart) = (_line + 1, _position + 1);
        }
    }
}
