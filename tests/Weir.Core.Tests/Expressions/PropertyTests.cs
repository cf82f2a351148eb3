using Weir.Core.Expressions;
using Weir.Core.Expressions.Syntax;

namespace Weir.Core.Tests.Expressions;

/// <summary>What holds for every expression, tried on random ones with fixed seeds.</summary>
public sealed class PropertyTests
{
    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", ".", ",", ":", "?", "+", "-", "*", "/", "%", "!", "&&", "||", "==", "!=", "<=", ">=", "<", ">", "in", "=", "&",
        "true", "null", "a", "n", "name", "labels", "size", "has", "all", "x", "map", "1", "0x", "1.", ".5", "1e", "2u", "18446744073709551615", "'", "\"",
        "'''", "r'", "b'", "\\", "\n", "//", " ", "é", "\ud800", "\0", "`", "matches", "'('", "timestamp", "'x'", "if", "_",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_the_text_compiling_ends_with_a_program_or_with_faults_inside_the_text(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 4000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var result = ExpressionCompiler.Compile(text, SampleActivation.Vocabulary, ExpressionType.Dyn);
            Assert.Equal(result.Program is null, result.Faults.Count > 0);
            Assert.All(result.Faults, f => Assert.True(f.Span.Offset >= 0 && f.Span.Offset + f.Span.Length <= text.Length && f.Span.Line >= 1 && f.Span.Column >= 1, text));
            result.Program?.Evaluate(new SampleActivation());
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Printed_trees_parse_to_the_same_tree(int seed)
    {
        var random = new Random(seed);
        var parsed = 0;
        for (var i = 0; i < 4000; i++)
        {
            var text = i % 2 == 0
                ? new ExpressionMaker(random).Bool(1 + (i % 5))
                : string.Concat(Enumerable.Range(0, random.Next(1, 10)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            if (ExpressionParser.Parse(text, ExpressionLimits.Default).Root is not { } tree)
                continue;
            parsed++;
            var printed = SyntaxPrinter.Print(tree);
            var again = ExpressionParser.Parse(printed, ExpressionLimits.Default).Root;
            Assert.True(again is not null && Dump(again) == Dump(tree), $"{text}\n{printed}");
        }
        Assert.True(parsed > 2000, $"{parsed} expressions parsed");
    }

    [Theory]
    [InlineData("-(1)", "-(1)")]
    [InlineData("-(-1)", "--1")]
    [InlineData("-(1).x", "-(1.x)")]
    [InlineData("(a && b) && c", "(a && b) && c")]
    [InlineData("((a)) + ((b * c))", "a + b * c")]
    [InlineData("(a + b) * c", "(a + b) * c")]
    [InlineData("a - (b - c)", "a - (b - c)")]
    [InlineData("(a ? b : c) ? d : (e ? f : g)", "(a ? b : c) ? d : e ? f : g")]
    [InlineData("'a\"\\n'", "\"a\\\"\\u000a\"")]
    [InlineData("[1,2,].map(x,x>1,x)", "[1, 2].map(x, x > 1, x)")]
    public void Printing_keeps_only_the_brackets_it_needs(string text, string printed) =>
        Assert.Equal(printed, SyntaxPrinter.Print(ExpressionParser.Parse(text, ExpressionLimits.Default).Root!));

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_checked_condition_is_a_boolean_or_an_error_and_stays_within_its_estimate(int seed)
    {
        var random = new Random(seed);
        var limits = new ExpressionLimits { MaxLength = 100_000, MaxCost = 1_000_000, StepBudget = 1_000_000 };
        int compiled = 0, booleans = 0;
        for (var i = 0; i < 3000; i++)
        {
            var text = new ExpressionMaker(random).Bool(1 + (i % 4));
            var result = ExpressionCompiler.Compile(text, SampleActivation.Vocabulary, ExpressionType.Bool, limits);
            Assert.DoesNotContain(result.Faults, f => f.Kind is not (ExpressionFaultKind.Cost or ExpressionFaultKind.Type));
            if (result.Program is not { } program)
                continue;
            compiled++;
            var first = program.Evaluate(new SampleActivation(), out var steps);
            Assert.True(first.Kind is ValueKind.Bool or ValueKind.Error, text);
            Assert.NotEqual(EvaluationError.WrongVariableType, first.Error);
            Assert.True(steps <= program.Cost, $"{steps} steps, {program.Cost} estimated: {text}");
            Assert.Equal(first.ToString(), program.Evaluate(new SampleActivation()).ToString());
            booleans += first.Kind == ValueKind.Bool ? 1 : 0;
        }
        Assert.True(compiled > 2500 && booleans > 500, $"{compiled} compiled, {booleans} gave a boolean");
    }

    // The structure without positions; records print lists by their type name, hence by hand.
    private static string Dump(SyntaxNode node) => node switch
    {
        LiteralSyntax literal => $"{literal.Value.Kind}:{literal.Value}",
        NameSyntax name => name.Name,
        SelectSyntax select => $"(. {Dump(select.Operand)} {select.Field})",
        HasSyntax has => $"(has {Dump(has.Selection)})",
        IndexSyntax index => $"([] {Dump(index.Operand)} {Dump(index.Index)})",
        CallSyntax call => $"({call.Name} {(call.Target is null ? "-" : Dump(call.Target))} {Dump(call.Arguments)})",
        ListSyntax list => $"(list {Dump(list.Items)})",
        MapSyntax map => $"(map {Dump(map.Keys)} : {Dump(map.Values)})",
        UnarySyntax unary => $"({unary.Operator} {Dump(unary.Operand)})",
        BinarySyntax binary => $"({binary.Operator} {Dump(binary.Left)} {Dump(binary.Right)})",
        LogicalSyntax logical => $"({(logical.IsAnd ? "and" : "or")} {Dump(logical.Operands)})",
        ConditionalSyntax conditional => $"(? {Dump(conditional.Condition)} {Dump(conditional.Then)} {Dump(conditional.Else)})",
        MacroSyntax macro => $"({macro.Macro} {Dump(macro.Range)} {macro.Variable} {Dump(macro.Body)} {(macro.Result is null ? "" : Dump(macro.Result))})",
        _ => throw new InvalidOperationException(node.GetType().Name),
    };

    private static string Dump(IEnumerable<SyntaxNode> nodes) => string.Join(' ', nodes.Select(Dump));
}
