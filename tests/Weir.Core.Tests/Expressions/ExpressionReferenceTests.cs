using Weir.Core.Expressions;
using Weir.Core.Tests.Architecture;

namespace Weir.Core.Tests.Expressions;

public sealed class ExpressionReferenceTests
{
    [Fact]
    public void Committed_reference_of_expressions_is_current()
    {
        var path = Path.Combine(SourceTree.Root, "docs/reference/expressions.md");
        var generated = ExpressionReference.Page();
        if (Environment.GetEnvironmentVariable("WEIR_UPDATE") == "1")
            File.WriteAllText(path, generated);
        Assert.True(File.Exists(path) && File.ReadAllText(path) == generated, "docs/reference/expressions.md is out of date: run the tests once with WEIR_UPDATE=1");
    }
}
