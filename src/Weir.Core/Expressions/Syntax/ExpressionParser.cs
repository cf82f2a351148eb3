namespace Weir.Core.Expressions.Syntax;

/// <summary>Tokens to a tree, by recursive descent. The grammar is that of cel-spec, langdef.md, "Syntax", without messages.</summary>
internal sealed class ExpressionParser
{
    // Or, and, relation, addition, multiplication. All of them associate to the left.
    private static readonly string[][] Levels =
    [
        ["||"], ["&&"], ["<", "<=", ">=", ">", "==", "!=", "in"], ["+", "-"], ["*", "/", "%"],
    ];

    private readonly List<Token> _tokens;
    private readonly int _maxDepth;
    private int _position;
    private int _depth;

    private ExpressionParser(List<Token> tokens, int maxDepth)
    {
        _tokens = tokens;
        _maxDepth = maxDepth;
    }

    private Token Current => _tokens[_position];

    /// <summary>Parses <paramref name="text"/>. Never throws, whatever the text.</summary>
    public static ParseResult Parse(string text, ExpressionLimits limits)
    {
        if (text.Length > limits.MaxLength)
            return Faulty(new ExpressionFault(ExpressionFaultKind.Cost, $"the expression has {text.Length} characters and the limit is {limits.MaxLength}", new TextSpan(0, 0, 1, 1)));
        try
        {
            var parser = new ExpressionParser(Lexer.Tokenize(text), limits.MaxDepth);
            if (parser.Current.Kind == TokenKind.End)
                throw SyntaxException.At(parser.Current.Span, "the expression is empty");
            var root = parser.Expression();
            if (parser.Current.Kind != TokenKind.End)
                throw parser.Unexpected("an operator or the end");
            return new ParseResult(root, []);
        }
        catch (SyntaxException e)
        {
            return Faulty(e.Fault);
        }
    }

    private static ParseResult Faulty(ExpressionFault fault) => new(null, [fault]);

    private SyntaxNode Expression()
    {
        Enter();
        var node = Binary(0);
        if (TryTake("?"))
        {
            var then = Binary(0);
            Take(":");
            var otherwise = Expression();
            node = Checked(new ConditionalSyntax(node.Span.To(otherwise.Span), node, then, otherwise));
        }
        _depth--;
        return node;
    }

    private SyntaxNode Binary(int level)
    {
        if (level == Levels.Length)
            return Unary();
        var left = Binary(level + 1);
        return level < 2 ? Logical(left, level) : Operators(left, level);
    }

    private SyntaxNode Logical(SyntaxNode first, int level)
    {
        var symbol = Levels[level][0];
        if (!Current.Is(symbol))
            return first;
        var operands = new List<SyntaxNode> { first };
        while (TryTake(symbol))
            operands.Add(Binary(level + 1));
        return Checked(new LogicalSyntax(first.Span.To(operands[^1].Span), symbol == "&&", operands));
    }

    private SyntaxNode Operators(SyntaxNode left, int level)
    {
        while (Current.Kind is TokenKind.Symbol or TokenKind.Word && Levels[level].Contains(Current.Text))
        {
            var symbol = _tokens[_position++].Text;
            var right = Binary(level + 1);
            left = Checked(new BinarySyntax(left.Span.To(right.Span), symbol, left, right));
        }
        return left;
    }

    private SyntaxNode Unary()
    {
        var sign = Current;
        if (!sign.Is("!") && !sign.Is("-"))
            return Member(Primary());
        _position++;
        if (sign.Is("-") && IsNumber(Current.Kind))
            return Member(Number(sign));
        Enter();
        var operand = Unary();
        _depth--;
        return Checked(new UnarySyntax(sign.Span.To(operand.Span), sign.Text, operand));
    }

    private SyntaxNode Member(SyntaxNode node)
    {
        while (true)
        {
            if (TryTake("."))
                node = Checked(Dotted(node));
            else if (TryTake("["))
            {
                var index = Expression();
                node = Checked(new IndexSyntax(node.Span.To(Take("]").Span), node, index));
            }
            else
            {
                Refuse("{", UnsupportedFeature.Messages);
                return node;
            }
        }
    }

    private SyntaxNode Dotted(SyntaxNode node)
    {
        Refuse("?", UnsupportedFeature.Optionals);
        var field = Current;
        if (field.Kind != TokenKind.Word || !Words.IsSelector(field.Text))
            throw Unexpected("a name");
        _position++;
        if (!TryTake("("))
            return new SelectSyntax(node.Span.To(field.Span), node, field.Text);
        var arguments = Items(")", out var end);
        var span = node.Span.To(end);
        return Macros.Find(field.Text) is { } macro
            ? Macros.Loop(span, macro, node, arguments)
            : new CallSyntax(span, node, field.Text, arguments);
    }

    private SyntaxNode Primary()
    {
        var token = Current;
        if (IsNumber(token.Kind))
            return Number(sign: null);
        _position++;
        switch (token.Kind)
        {
            case TokenKind.String:
                return new LiteralSyntax(token.Span, Value.Of(token.Text));
            case TokenKind.Word:
                return Word(token);
            case TokenKind.Symbol when token.Text == "(":
                var inner = Expression();
                Take(")");
                return inner;
            case TokenKind.Symbol when token.Text == "[":
                var items = Items("]", out var end);
                return Checked(new ListSyntax(token.Span.To(end), items));
            case TokenKind.Symbol when token.Text == "{":
                return Checked(Map(token.Span));
            default:
                _position--;
                Refuse(".", UnsupportedFeature.LeadingDots);
                Refuse("?", UnsupportedFeature.Optionals);
                throw Unexpected("a value");
        }
    }

    private SyntaxNode Word(Token word)
    {
        switch (word.Text)
        {
            case "true" or "false":
                return new LiteralSyntax(word.Span, Value.Of(word.Text == "true"));
            case "null":
                return new LiteralSyntax(word.Span, Value.Null);
        }
        if (!Words.IsIdentifier(word.Text))
            throw SyntaxException.At(word.Span, $"'{word.Text}' is a word of the language and cannot be a name");
        if (!TryTake("("))
            return new NameSyntax(word.Span, word.Text);
        var arguments = Items(")", out var end);
        return Checked(word.Text == "has" ? Macros.Has(word.Span.To(end), arguments) : new CallSyntax(word.Span.To(end), null, word.Text, arguments));
    }

    private LiteralSyntax Number(Token? sign)
    {
        var number = _tokens[_position++];
        return new LiteralSyntax((sign ?? number).Span.To(number.Span), Numbers.Parse(number, sign is not null));
    }

    // A comma may follow the last item of a list or map, as in CEL, but not the last argument.
    private List<SyntaxNode> Items(string close, out TextSpan end)
    {
        var items = new List<SyntaxNode>();
        while (!Current.Is(close))
        {
            items.Add(Expression());
            if (!TryTake(","))
                break;
            if (close == ")" && Current.Is(close))
                throw Unexpected("an argument");
        }
        end = Take(close).Span;
        return items;
    }

    private MapSyntax Map(TextSpan start)
    {
        List<SyntaxNode> keys = [], values = [];
        while (!Current.Is("}"))
        {
            keys.Add(Expression());
            Take(":");
            values.Add(Expression());
            if (!TryTake(","))
                break;
        }
        return new MapSyntax(start.To(Take("}").Span), keys, values);
    }

    private static bool IsNumber(TokenKind kind) => kind is TokenKind.Int or TokenKind.Uint or TokenKind.Double;

    private void Enter()
    {
        if (++_depth > _maxDepth)
            throw TooDeep(Current.Span);
    }

    private SyntaxNode Checked(SyntaxNode node) => node.Height <= _maxDepth ? node : throw TooDeep(node.Span);

    private SyntaxException TooDeep(TextSpan span) =>
        SyntaxException.At(span, $"the expression nests deeper than {_maxDepth}", ExpressionFaultKind.Cost);

    private bool TryTake(string symbol)
    {
        if (!Current.Is(symbol))
            return false;
        _position++;
        return true;
    }

    private Token Take(string symbol) => Current.Is(symbol) ? _tokens[_position++] : throw Unexpected($"'{symbol}'");

    // What CEL would go on with here.
    private void Refuse(string symbol, UnsupportedFeature feature)
    {
        if (Current.Is(symbol))
            throw SyntaxException.At(Current.Span, feature);
    }

    private SyntaxException Unexpected(string wanted) =>
        SyntaxException.At(Current.Span, $"{(Current.Kind == TokenKind.End ? "the expression ends" : $"'{Current.Text}' stands")} where {wanted} should be");
}
