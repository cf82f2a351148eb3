using Weir.Core.Expressions;

namespace Weir.Core.Tests.Expressions;

public sealed class CompilerTests
{
    [Theory]
    [InlineData("n >\n  nam", 2, 3, 3, "nam", "name")]
    [InlineData("caller.tenent == 'x'", 1, 1, 13, "caller.tenent", "caller.tenant")]
    [InlineData("name.startWith('x')", 1, 1, 19, "startWith", "startsWith")]
    [InlineData("sise(name) > 1", 1, 1, 10, "sise", "size")]
    [InlineData("[1].any(x, true)", 1, 1, 16, "any", "all")]
    public void An_unknown_name_comes_with_its_place_and_what_it_could_be(string text, int line, int column, int length, string name, string candidate)
    {
        var faults = Compile(text).Faults.Where(f => f.Name == name).ToList();
        var fault = Assert.Single(faults);
        Assert.Equal((line, column, length), (fault.Span.Line, fault.Span.Column, fault.Span.Length));
        Assert.Contains(candidate, fault.Candidates!);
    }

    [Fact]
    public void A_group_of_names_offers_what_is_in_it() =>
        Assert.Equal(["caller.tenant", "caller.absent"], Assert.Single(Compile("caller == 'x'").Faults).Candidates);

    [Fact]
    public void All_type_mistakes_are_reported_at_once_in_the_order_of_the_text()
    {
        var faults = Compile("n == 'a' && name > 1 && missing").Faults;
        Assert.Equal([ExpressionFaultKind.Type, ExpressionFaultKind.Type, ExpressionFaultKind.UnknownName], faults.Select(f => f.Kind));
        Assert.Equal([1, 13, 25], faults.Select(f => f.Span.Column));
    }

    [Theory]
    [InlineData("n", "bool is needed here, and this is int")]
    [InlineData("n && true", "each side of '&&' is true or false, and this is int")]
    [InlineData("items.all(i, i)", "the condition of all() is true or false, and this is int")]
    [InlineData("size(n) > 1", "'size' does not take (int); it takes string; list(dyn); map(dyn, dyn)")]
    [InlineData("true = false", "'=' is not an operator: equality is '=='")]
    [InlineData("n >", "the expression ends where a value should be")]
    [InlineData("name.matches('(')", "the pattern cannot be used: this is not a regular expression")]
    [InlineData("contains(name, 'x')", "write x.contains()")]
    public void A_mistake_is_told_in_words(string text, string message) => Assert.Equal(message, Assert.Single(Compile(text).Faults).Message);

    [Fact]
    public void A_dyn_may_be_a_condition_and_is_checked_when_it_is_evaluated()
    {
        Assert.True(Evaluate("dyn(n == 21)").IsTrue);
        Assert.Equal(EvaluationError.WrongVariableType, Evaluate("dyn(n)").Error);
    }

    [Fact]
    public void A_program_names_the_variables_it_uses_and_reads_only_what_it_reaches()
    {
        var program = Compile("name == 'gpt' || caller.tenant == 'acme' || name == 'x'").Program!;
        Assert.Equal(["name", "caller.tenant"], program.Variables.Select(v => v.Name));

        var activation = new SampleActivation();
        Assert.True(program.Evaluate(activation).IsTrue);
        Assert.Equal(["name"], activation.Asked);
    }

    [Fact]
    public void A_variable_of_the_wrong_type_is_an_error_and_not_a_wrong_answer()
    {
        var activation = new SampleActivation { Instead = { ["n"] = Value.Of("21") } };
        Assert.Equal(EvaluationError.WrongVariableType, Compile("n > 1").Program!.Evaluate(activation).Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_an_error_counts_as_is_for_the_caller_to_say(bool onError) =>
        Assert.Equal(onError, Compile("labels.missing == 'x'").Program!.Test(new SampleActivation(), onError));

    [Fact]
    public void A_vocabulary_refuses_names_that_no_expression_could_write()
    {
        Assert.Throws<ArgumentException>(() => Vocabulary.Create().Add("a-b", ExpressionType.Int, ""));
        Assert.Throws<ArgumentException>(() => Vocabulary.Create().Add("in", ExpressionType.Int, ""));
        Assert.Throws<ArgumentException>(() => Vocabulary.Create().Add("a", ExpressionType.Int, "").Add("a", ExpressionType.Int, ""));
    }

    private static CompileResult Compile(string text) => ExpressionCompiler.Compile(text, SampleActivation.Vocabulary, ExpressionType.Bool);

    private static Value Evaluate(string text) => Compile(text).Program!.Evaluate(new SampleActivation());
}
