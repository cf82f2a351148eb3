using System.Text.Json;
using Weir.Core.Tests.Architecture;

namespace Weir.Core.Tests.Expressions.Conformance;

/// <summary>The public conformance suite of CEL, every test of it.</summary>
public sealed class ConformanceTests
{
    [Fact]
    public void Every_test_of_the_suite_gives_what_it_must_or_needs_what_the_subset_declares_it_has_not()
    {
        var failed = Run().Where(r => r.Verdict == Verdict.Failed).Select(r => $"{r.Case}: {r.Case.Expression}\n    {r.Why}").ToList();
        Assert.True(failed.Count == 0, $"{failed.Count} differ:\n{string.Join('\n', failed)}");
    }

    [Fact]
    public void The_published_counts_are_current()
    {
        var runs = Run();
        var path = Path.Combine(SourceTree.Root, "docs/reference/expressions-conformance.md");
        var page = ConformancePage.Write(ConformanceSuite.Read()!, runs);
        if (Environment.GetEnvironmentVariable("WEIR_UPDATE") == "1")
            File.WriteAllText(path, page);
        Assert.True(File.Exists(path) && File.ReadAllText(path) == page, "docs/reference/expressions-conformance.md is out of date: run the tests once with WEIR_UPDATE=1");
    }

    [Theory]
    [InlineData("""{ "expr": "1 + 1", "value": { "int64Value": "2" } }""", "Passed")]
    [InlineData("""{ "expr": "1 + 1", "value": { "int64Value": "3" } }""", "Failed")]
    [InlineData("""{ "expr": "1 + 1", "value": { "uint64Value": "2" } }""", "Failed")]
    [InlineData("""{ "expr": "1 + 1", "evalError": {} }""", "Failed")]
    [InlineData("""{ "expr": "1 / 0", "evalError": {} }""", "Passed")]
    [InlineData("""{ "expr": "1 / 0", "value": { "int64Value": "0" } }""", "Failed")]
    [InlineData("""{ "expr": "[1, 2.0]", "value": { "listValue": { "values": [{ "int64Value": "1" }, { "int64Value": "2" }] } } }""", "Failed")]
    [InlineData("""{ "expr": "{1: 'a'}", "value": { "mapValue": { "entries": [{ "key": { "int64Value": "1" }, "value": { "stringValue": "a" } }] } } }""", "Passed")]
    [InlineData("""{ "expr": "[1]", "checkOnly": true, "typedResult": { "deducedType": { "listType": { "elemType": { "primitive": "STRING" } } } } }""", "Failed")]
    [InlineData("""{ "expr": "-1u", "evalError": {} }""", "Refused")]
    [InlineData("""{ "expr": "(1", "evalError": {} }""", "Failed")]
    [InlineData("""{ "expr": "1 == 'a'", "value": { "boolValue": false } }""", "Failed")]
    [InlineData("""{ "expr": "1 == 'a'", "disableCheck": true, "value": { "boolValue": false } }""", "Outside")]
    [InlineData("""{ "expr": "b'a' == b'a'" }""", "Outside")]
    [InlineData("""{ "expr": "x.noSuchFunction()", "bindings": { "x": { "value": { "stringValue": "a" } } } }""", "Failed")]
    public void A_wrong_answer_fails_and_only_what_is_declared_is_outside(string test, string verdict)
    {
        var named = "{ \"suite\": \"own\", \"section\": \"own\", \"name\": \"own\"," + test[1..];
        using var document = JsonDocument.Parse(named);
        Assert.Equal(verdict, ConformanceRun.Of(new ConformanceCase(document.RootElement)).Verdict.ToString());
    }

    private static List<ConformanceRun> Run()
    {
        var suite = ConformanceSuite.Read();
        Assert.SkipWhen(suite is null, ConformanceSuite.AbsentReason);
        return [.. suite.Cases.Select(ConformanceRun.Of)];
    }
}
