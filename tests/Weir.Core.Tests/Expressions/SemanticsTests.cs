using Weir.Core.Expressions;

namespace Weir.Core.Tests.Expressions;

/// <summary>
/// What expressions give, as a table (Data/cases.txt) of our own, derived from the language definition. It holds what the
/// public suite (Conformance/) has no test for, and runs where that data is not there.
/// </summary>
public sealed class SemanticsTests
{
    public static TheoryData<string, string> Cases()
    {
        using var stream = typeof(SemanticsTests).Assembly.GetManifestResourceStream("expressions.cases.txt")!;
        using var reader = new StreamReader(stream);
        var cases = new TheoryData<string, string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var arrow = line.LastIndexOf("=> ", StringComparison.Ordinal);
            cases.Add(line[..arrow].TrimEnd(), line[(arrow + 3)..]);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_expression_gives_what_the_definition_says(string expression, string expected)
    {
        var result = ExpressionCompiler.Compile(expression, SampleActivation.Vocabulary, ExpressionType.Dyn);
        var actual = result.Program is null
            ? $"fault: {Assert.Single(result.Faults).Kind}"
            : result.Program.Evaluate(new SampleActivation()).ToString();
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_table_is_not_empty() => Assert.True(Cases().Count > 400, $"{Cases().Count} cases");
}
