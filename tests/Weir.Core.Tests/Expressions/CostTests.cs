using Weir.Core.Expressions;

namespace Weir.Core.Tests.Expressions;

public sealed class CostTests
{
    [Fact]
    public void Nested_loops_over_lists_of_unknown_size_are_too_costly()
    {
        var list = Vocabulary.Create().Add("l", ExpressionType.ListOf(ExpressionType.Int), "numbers").Build();
        Assert.NotNull(Compile("l.all(a, l.exists(b, a == b))", list).Program);
        var fault = Assert.Single(Compile("l.all(a, l.all(b, l.all(c, a + b > c)))", list).Faults);
        Assert.Equal(ExpressionFaultKind.Cost, fault.Kind);
        Assert.Contains("steps and the limit is 20000", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("l.all(a, l.all(b, a == a))")]
    [InlineData("l.all(a, l.all(b, a == a)) || true")]
    [InlineData("true || l.all(a, l.all(b, a == a))", true)]
    [InlineData("l.map(a, l.map(b, b)).size() > 0 ")]
    [InlineData("l.filter(a, l.exists_one(b, b == -1)).size() > 0")]
    [InlineData("l.map(a, l == l).size() > 0")]
    public void The_budget_holds_whatever_the_inputs_are(string text, bool withinBudget = false)
    {
        var numbers = new CountingList(1_000_000);
        var vocabulary = Vocabulary.Create().Add("l", ExpressionType.ListOf(ExpressionType.Int), "numbers").Build();
        var program = Compile(text, vocabulary).Program!;
        var result = program.Evaluate(new OneValue(Value.Of(numbers)), out var steps);
        Assert.Equal(withinBudget ? EvaluationError.None : EvaluationError.BudgetExhausted, result.Error);
        Assert.True(steps <= ExpressionLimits.Default.StepBudget);
        Assert.True(numbers.Reads <= 2 * ExpressionLimits.Default.StepBudget, $"{numbers.Reads} items were read");
    }

    [Theory]
    [InlineData("s.contains('x')")]
    [InlineData("s.matches('x')")]
    [InlineData("s.lowerAscii() == 'x'")]
    [InlineData("size(s) == 1")]
    [InlineData("s + s == 'x'")]
    [InlineData("s < s")]
    [InlineData("s == s")]
    public void Long_texts_use_up_the_budget(string text)
    {
        var vocabulary = Vocabulary.Create().Add("s", ExpressionType.String, "text").Build();
        var program = Compile(text, vocabulary).Program!;
        Assert.Equal(EvaluationError.None, program.Evaluate(new OneValue(Value.Of(new string('a', 1000)))).Error);
        Assert.Equal(EvaluationError.BudgetExhausted, program.Evaluate(new OneValue(Value.Of(new string('a', 1_000_000)))).Error);
    }

    [Fact]
    public void A_text_that_doubles_in_every_loop_stops()
    {
        var doubling = "['aaaaaaaaaaaaaaaa']" + string.Concat(Enumerable.Repeat(".map(x, x + x)", 30));
        var program = ExpressionCompiler.Compile(doubling + "[0].size() > 0", Vocabulary.Empty, ExpressionType.Bool).Program!;
        Assert.Equal(EvaluationError.BudgetExhausted, program.Evaluate(new OneValue(default)).Error);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("!", "")]
    [InlineData("-", "")]
    [InlineData("size(", ")")]
    [InlineData("true ? true : ", "")]
    [InlineData("", ".a")]
    [InlineData("", " + 1")]
    [InlineData("", "[0]")]
    [InlineData("{1: ", "}")]
    public void Deep_nesting_is_refused_and_not_a_crash(string open, string close)
    {
        var text = Repeat(open, 2000) + "true" + Repeat(close, 2000);
        var fault = Assert.Single(ExpressionCompiler.Compile(text, Vocabulary.Empty, ExpressionType.Dyn, Long).Faults);
        Assert.Equal(ExpressionFaultKind.Cost, fault.Kind);
    }

    [Fact]
    public void A_long_chain_of_alternatives_is_not_deep()
    {
        var text = string.Join(" || ", Enumerable.Range(0, 1000).Select(i => $"s == 'v{i}'"));
        var vocabulary = Vocabulary.Create().Add("s", ExpressionType.String, "text", size: 32).Build();
        var program = ExpressionCompiler.Compile(text, vocabulary, ExpressionType.Bool, Long).Program!;
        Assert.True(program.Evaluate(new OneValue(Value.Of("v999"))).IsTrue);
    }

    [Fact]
    public void A_long_text_is_refused() =>
        Assert.Equal(ExpressionFaultKind.Cost, Assert.Single(ExpressionCompiler.Compile(new string(' ', 8193), Vocabulary.Empty, ExpressionType.Bool).Faults).Kind);

    [Fact]
    public void Loops_nest_eight_deep_and_no_deeper()
    {
        string Nested(int depth) => depth == 0 ? "true" : $"[1].all(x{depth}, {Nested(depth - 1)})";
        Assert.True(Compile(Nested(8), Vocabulary.Empty).Program!.Evaluate(new OneValue(default)).IsTrue);
        Assert.Equal(ExpressionFaultKind.Cost, Assert.Single(Compile(Nested(9), Vocabulary.Empty).Faults).Kind);
    }

    [Theory]
    [InlineData("name == 'gpt' && caller.tenant in ['a', 'b', 'c', 'd', 'acme'] && n < 1000")]
    [InlineData("has(labels.team) && labels.team.startsWith('co') && labels['with-dash'] != 'no'")]
    [InlineData("items.exists(i, i == 3) || labels.missing == 'x'")]
    [InlineData("name.endsWith('t') && size(name) < 10")]
    [InlineData("now > timestamp('2026-01-01T00:00:00Z')")]
    [InlineData("name.matches('^g[a-z]+$')")]
    public void A_typical_condition_allocates_nothing(string text)
    {
        var program = ExpressionCompiler.Compile(text, SampleActivation.Vocabulary, ExpressionType.Bool).Program!;
        var activation = new Kept(program);
        Assert.True(program.Evaluate(activation).IsTrue);
        for (var i = 0; i < 100; i++)
            program.Evaluate(activation);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            program.Evaluate(activation);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ExpressionLimits Long => new() { MaxLength = 100_000, MaxCost = 100_000, StepBudget = 100_000 };

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static CompileResult Compile(string text, Vocabulary vocabulary) => ExpressionCompiler.Compile(text, vocabulary, ExpressionType.Bool);

    private sealed class OneValue(Value value) : IActivation
    {
        public Value Read(Variable variable) => value;
    }

    private sealed class Kept(ExpressionProgram program) : IActivation
    {
        private readonly Dictionary<string, Value> _values = program.Variables.ToDictionary(v => v.Name, v => new SampleActivation().Read(v));

        public Value Read(Variable variable) => _values[variable.Name];
    }

    private sealed class CountingList(int count) : ValueList
    {
        public int Reads { get; private set; }

        public override int Count => count;

        public override Value this[int index]
        {
            get
            {
                Reads++;
                return Value.Of((long)index);
            }
        }
    }
}
