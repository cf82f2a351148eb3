using System.Globalization;
using System.Text;

namespace Weir.Core.Tests.Expressions.Conformance;

/// <summary>The published counts: <c>docs/reference/expressions-conformance.md</c>. Names of suites and numbers only, nothing of the tests.</summary>
internal static class ConformancePage
{
    public static string Write(ConformanceSuite suite, IReadOnlyList<ConformanceRun> runs)
    {
        var text = new StringBuilder($"""
            # Expressions: the public conformance suite

            <!-- Generated: WEIR_UPDATE=1 ./weir test Conformance rewrites it. -->

            Every test of CEL's public conformance suite ({suite.Source}) goes through Weir's compiler. What the compiler
            takes must give the value, the type or the error that the test says; what it refuses must be one of the things
            [declared as not in the subset](expressions.md#what-of-cel-is-not-in).

            * **passed**: the same value, type or error.
            * **refused**: the evaluation must fail, and Weir's type check refuses the expression before it.
            * **outside**: it needs something that is not in the subset.

            | suite | tests | passed | refused | outside | failed |
            |---|---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var group in runs.GroupBy(r => r.Case.Suite).OrderBy(g => g.Key, StringComparer.Ordinal))
            Row(text, group.Key, [.. group]);
        Row(text, "**all**", runs);
        text.Append("\n## Outside\n\nA test that needs several counts for the first that is met.\n\n| needs | tests |\n|---|---|\n");
        var reasons = runs.Where(r => r.Verdict == Verdict.Outside).GroupBy(r => r.Why);
        foreach (var reason in reasons.OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"| {reason.Key} | {reason.Count()} |\n");
        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, IReadOnlyList<ConformanceRun> runs)
    {
        int Count(Verdict verdict) => runs.Count(r => r.Verdict == verdict);
        text.Append(CultureInfo.InvariantCulture,
            $"| {name} | {runs.Count} | {Count(Verdict.Passed)} | {Count(Verdict.Refused)} | {Count(Verdict.Outside)} | {Count(Verdict.Failed)} |\n");
    }
}
