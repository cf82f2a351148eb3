using System.Globalization;

namespace Weir.Core.Expressions.Syntax;

/// <summary>Number literals. The sign belongs to the literal, so that the least integer can be written.</summary>
internal static class Numbers
{
    /// <exception cref="SyntaxException">The number does not fit its type.</exception>
    public static Value Parse(Token token, bool negative)
    {
        if (token.Kind == TokenKind.Double)
        {
            var number = double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
            return double.IsFinite(number) ? Value.Of(negative ? -number : number) : throw TooLarge(token, "a double");
        }
        var isHex = token.Text.Length > 1 && token.Text[1] is 'x' or 'X';
        var digits = isHex ? token.Text.AsSpan(2) : token.Text;
        if (!ulong.TryParse(digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var magnitude))
            throw TooLarge(token, "64 bits");
        if (token.Kind == TokenKind.Uint)
            return negative ? throw SyntaxException.At(token.Span, "an unsigned number has no sign", ExpressionFaultKind.Type) : Value.Of(magnitude);
        const ulong Least = 1UL << 63;
        if (magnitude > (negative ? Least : Least - 1))
            throw TooLarge(token, "a signed 64-bit integer");
        return Value.Of(negative ? unchecked(-(long)magnitude) : (long)magnitude);
    }

    private static SyntaxException TooLarge(Token token, string type) => SyntaxException.At(token.Span, $"{token.Text} does not fit {type}");
}
