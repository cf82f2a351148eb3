using System.Globalization;
using System.Text;

namespace Weir.Core.Expressions.Syntax;

/// <summary>A tree as text that parses to the same tree, with no brackets that it does not need.</summary>
internal static class SyntaxPrinter
{
    private const int Lowest = 0, Or = 1, And = 2, Relation = 3, Addition = 4, Multiplication = 5, Unary = 6, Member = 7;

    public static string Print(SyntaxNode node)
    {
        var text = new StringBuilder();
        Write(text, node, Lowest);
        return text.ToString();
    }

    private static void Write(StringBuilder text, SyntaxNode node, int least)
    {
        var brackets = LevelOf(node) < least;
        if (brackets)
            text.Append('(');
        WriteBare(text, node);
        if (brackets)
            text.Append(')');
    }

    private static int LevelOf(SyntaxNode node) => node switch
    {
        ConditionalSyntax => Lowest,
        LogicalSyntax logical => logical.IsAnd ? And : Or,
        BinarySyntax binary => LevelOf(binary.Operator),
        UnarySyntax => Unary,
        _ => Member,
    };

    private static int LevelOf(string binary) => binary switch
    {
        "+" or "-" => Addition,
        "*" or "/" or "%" => Multiplication,
        _ => Relation,
    };

    private static void WriteBare(StringBuilder text, SyntaxNode node)
    {
        switch (node)
        {
            case LiteralSyntax literal:
                WriteLiteral(text, literal.Value);
                break;
            case NameSyntax name:
                text.Append(name.Name);
                break;
            case SelectSyntax select:
                Write(text, select.Operand, Member);
                text.Append('.').Append(select.Field);
                break;
            case HasSyntax has:
                text.Append("has(");
                Write(text, has.Selection, Lowest);
                text.Append(')');
                break;
            case IndexSyntax index:
                Write(text, index.Operand, Member);
                WriteItems(text, '[', [index.Index], ']');
                break;
            case CallSyntax call:
                WriteCall(text, call.Target, call.Name, call.Arguments);
                break;
            case MacroSyntax macro:
                var variable = new NameSyntax(macro.Span, macro.Variable);
                WriteCall(text, macro.Range, Macros.NameOf(macro.Macro), macro.Result is null ? [variable, macro.Body] : [variable, macro.Body, macro.Result]);
                break;
            case ListSyntax list:
                WriteItems(text, '[', list.Items, ']');
                break;
            case MapSyntax map:
                WriteMap(text, map);
                break;
            case UnarySyntax unary:
                WriteUnary(text, unary);
                break;
            case BinarySyntax binary:
                Write(text, binary.Left, LevelOf(binary.Operator));
                text.Append(' ').Append(binary.Operator).Append(' ');
                Write(text, binary.Right, LevelOf(binary.Operator) + 1);
                break;
            case LogicalSyntax logical:
                WriteLogical(text, logical);
                break;
            case ConditionalSyntax conditional:
                Write(text, conditional.Condition, Or);
                text.Append(" ? ");
                Write(text, conditional.Then, Or);
                text.Append(" : ");
                Write(text, conditional.Else, Lowest);
                break;
        }
    }

    // The sign of "-5" belongs to the number, so the minus of a positive number needs brackets behind it.
    private static void WriteUnary(StringBuilder text, UnarySyntax unary)
    {
        text.Append(unary.Operator);
        Write(text, unary.Operand, unary.Operator == "-" && StartsWithDigit(unary.Operand) ? Member + 1 : Unary);
    }

    private static bool StartsWithDigit(SyntaxNode node) => node switch
    {
        LiteralSyntax literal => char.IsAsciiDigit(literal.Value.ToString()[0]),
        SelectSyntax select => StartsWithDigit(select.Operand),
        IndexSyntax index => StartsWithDigit(index.Operand),
        CallSyntax { Target: { } target } => StartsWithDigit(target),
        MacroSyntax macro => StartsWithDigit(macro.Range),
        _ => false,
    };

    private static void WriteLogical(StringBuilder text, LogicalSyntax logical)
    {
        for (var i = 0; i < logical.Operands.Count; i++)
        {
            if (i > 0)
                text.Append(logical.IsAnd ? " && " : " || ");
            Write(text, logical.Operands[i], (logical.IsAnd ? And : Or) + 1);
        }
    }

    private static void WriteCall(StringBuilder text, SyntaxNode? target, string name, IReadOnlyList<SyntaxNode> arguments)
    {
        if (target is not null)
        {
            Write(text, target, Member);
            text.Append('.');
        }
        text.Append(name);
        WriteItems(text, '(', arguments, ')');
    }

    private static void WriteItems(StringBuilder text, char open, IReadOnlyList<SyntaxNode> items, char close)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                text.Append(", ");
            Write(text, items[i], Lowest);
        }
        text.Append(close);
    }

    private static void WriteMap(StringBuilder text, MapSyntax map)
    {
        text.Append('{');
        for (var i = 0; i < map.Keys.Count; i++)
        {
            if (i > 0)
                text.Append(", ");
            Write(text, map.Keys[i], Lowest);
            text.Append(": ");
            Write(text, map.Values[i], Lowest);
        }
        text.Append('}');
    }

    private static void WriteLiteral(StringBuilder text, Value value)
    {
        if (value.Kind == ValueKind.String)
            WriteString(text, value.AsString);
        else
            text.Append(value.ToString());
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (char.IsControl(c))
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                text.Append(c);
        }
        text.Append('"');
    }
}
