using System.Text;
using Weir.Core.Expressions.Binding;

namespace Weir.Core.Expressions;

/// <summary><c>docs/reference/expressions.md</c>, generated from the function table and the limits so that it cannot be out of date.</summary>
public static class ExpressionReference
{
    /// <summary>The page.</summary>
    public static string Page()
    {
        var page = new StringBuilder(Beginning);
        Table(page, "Operators", "Beside these: `&&`, `||`, `!`, `?:`, `==`, `!=`, `in`, `x[i]`, `x.field`, with CEL's precedence.", FunctionTable.Operators);
        Table(page, "Functions", "Beside these: `text.matches(pattern)`, see below.", FunctionTable.Functions);
        page.Append(Rules).Append(Limits(ExpressionLimits.Default)).Append(NotIn);
        foreach (var feature in UnsupportedFeature.All)
            page.Append($"| {feature.Name} | {feature.Written} |\n");
        return page.Append(Differences).ToString();
    }

    private static void Table(StringBuilder page, string title, string text, IEnumerable<FunctionSpec> functions)
    {
        page.Append($"\n## {title}\n\n{text}\n\n| Written | Takes and gives | Meaning |\n|---|---|---|\n");
        foreach (var function in functions)
        {
            var overloads = string.Join("; ", function.Overloads.Select(o => $"{string.Join(", ", o.Parameters.Select(p => p.ToString()))} → {o.Result}"));
            page.Append($"| {Written(function)} | {overloads} | {function.Summary} |\n");
        }
    }

    private static string Written(FunctionSpec function) => function.Style switch
    {
        CallStyle.Operator => function.Name == "-x" ? "`-x`" : $"`x {function.Name} y`",
        CallStyle.Global => $"`{function.Name}(x)`",
        CallStyle.Receiver => $"`x.{function.Name}({(function.Overloads[0].Parameters.Length > 1 ? "y" : "")})`",
        _ => $"`{function.Name}(x)`, `x.{function.Name}()`",
    };

    private static string Limits(ExpressionLimits limits) =>
        $"""

        ## Limits

        A step is about one operation, one item of a loop, or 16 characters of text.

        | Limit | Value |
        |---|---|
        | characters of an expression | {limits.MaxLength} |
        | nesting | {limits.MaxDepth} |
        | loops in loops | {Evaluation.EvaluationFrame.MaxLocals} |
        | estimated steps, else the expression is refused | {limits.MaxCost} |
        | steps of one evaluation, else its result is an error | {limits.StepBudget} |
        | assumed by the estimate where nothing is known | lists and maps of {limits.AssumedItems} items, strings of {limits.AssumedCharacters} characters |

        """;

    private const string Beginning =
        """
        # Expressions

        <!-- Generated: WEIR_UPDATE=1 rewrites it with the tests of Weir.Core.Tests.Expressions. -->

        Conditions are written in a subset of the [Common Expression Language](https://github.com/google/cel-spec). An expression
        uses the names that its place declares; it is checked when the configuration is compiled, and evaluating it always ends,
        changes nothing and gives one result for one input. `caller.tenant`, `labels` and `model` below stand for such names.

        ```
        caller.tenant == "acme" && model.startsWith("gpt-")
        has(labels.workload) && labels.workload in ["batch", "eval"]
        ["pii", "secret"].exists(f, f in findings)
        ```

        ## Values

        | Type | Written |
        |---|---|
        | `null`, `bool` | `null`, `true`, `false` |
        | `int`, `uint` (64 bits) | `-7`, `0x1f`, `7u` |
        | `double` | `1.5`, `1e-3` |
        | `string` | `"a"`, `'a'`, `'''three quotes'''`, raw `r'\d'`; escapes as in CEL |
        | `list` | `[1, 2]` |
        | `map` (keys bool, int, uint, string) | `{"a": 1}` |
        | `duration`, `timestamp` | `duration("1h30m")`, `timestamp("2026-11-21T12:00:00Z")` |
        | `dyn` | what a mixed list or map holds; checked when it is evaluated |

        """;

    private const string Rules =
        """

        ## Macros

        | Written | Gives |
        |---|---|
        | `has(x.field)` | whether there is such a key, or whether the variable has a value in this call |
        | `range.all(x, condition)` | whether it holds for every item of a list, or every key of a map |
        | `range.exists(x, condition)` | whether it holds for one at least |
        | `range.exists_one(x, condition)` | whether it holds for exactly one |
        | `range.filter(x, condition)` | the items for which it holds |
        | `range.map(x, result)` | a list of results |
        | `range.map(x, condition, result)` | a list of results of the items for which it holds |

        ## Rules

        * **Errors are values.** Division by zero, integers that overflow, a missing key or index, a variable without a value, a
          conversion that fails: the result is an error, and the place where the expression stands says what that means there.
        * **`&&` and `||` absorb errors** in either order: `labels.team == "x" || true` is true without such a label. So do `all()`
          and `exists()`; `exists_one()`, `filter()` and `map()` do not.
        * **`==` compares one type with itself.** Between dyn values, different kinds are unequal and numbers of all kinds compare by
          what they are worth, integers with doubles as doubles. `<` and its like compare all kinds of numbers.
        * **Strings** compare by code point and `size()` counts code points. Nothing depends on a language.
        * **Times** are in UTC: `time.now.getHours()`. With a time zone, `time.now.getHours("Europe/Berlin")`, the clocks there count;
          the zone is an IANA name that the machine knows or an offset (`"+01:00"`), and known when the expression is compiled.
        * **A missing label** is best asked for with `has()`; `labels["with-dash"]` reads one whose name is no identifier.
        * **`matches()`** takes a pattern that is known when the expression is compiled, in RE2's syntax, and finds it anywhere in the
          text. It takes time linear in the text. Not in: looking around, back-references, `\b` by ASCII alone (it is by Unicode),
          `[:alpha:]`, `\Q`, `\x{…}`, the flags m and U, repeats above 1000; all but `\b` are refused.

        """;

    private const string NotIn =
        """

        ## What of CEL is not in

        An expression that uses one of these is refused when it is compiled, by name.

        | Not in | Written |
        |---|---|

        """;

    private const string Differences =
        """

        Nor is there a way around the type check: a name, a function or a type that does not fit is refused, even where CEL could do
        without evaluating it. `null` has no place beside a type: ask `has()`, not `== null`.

        The rest behaves as the public conformance suite asks: see [the counts](expressions-conformance.md).

        What differs: durations are held in 64 bits of nanoseconds (292 years). `string()` of a very large or small double writes
        .NET's shortest form (`1E+21`). `-x` of a number is its literal, so `-9223372036854775808` can be written.

        """;
}
