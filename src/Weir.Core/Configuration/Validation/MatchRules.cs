using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Validation;

/// <summary>What routes match: callers that exist, ranges that hold something, conditions that can be evaluated.</summary>
internal static class MatchRules
{
    public static void Check(Document<RouteSpec> route, RuleContext context)
    {
        var (match, path, bag) = (route.Spec.Match, route.Path + ".match", context.Bag);
        ConditionRules.Check(match.When, path + ".when", context);
        if (match.InputTokens is { Min: { } fewest, Max: { } most } && fewest > most)
            bag.Add(DiagnosticCodes.EmptyRange, path + ".inputTokens", $"nothing is between {fewest} and {most}");
        if (match.Difficulty is { Min: { } easiest, Max: { } hardest } && easiest > hardest)
            bag.Add(DiagnosticCodes.EmptyRange, path + ".difficulty", $"nothing is between {easiest} and {hardest}");
        CheckCallers(match.Tenants, path + ".tenants", "tenant", context, [KeyRules.DefaultTenant, .. context.Documents.Tenants.Select(t => t.Name)]);
        CheckCallers(match.Teams, path + ".teams", "team", context, [.. context.Documents.Teams.Select(t => t.Name)]);
        foreach (var (label, values) in match.Labels)
        {
            if (values.Count == 0 && !bag.HasErrorsBelow($"{path}.labels.{label}"))
                bag.Add(DiagnosticCodes.Missing, $"{path}.labels.{label}", $"no value of the label '{label}' is named", "the route would match no call");
        }
    }

    // Keys made by command or API may belong to tenants that the file does not declare: worth a word, no more.
    private static void CheckCallers(IReadOnlyList<string> names, string path, string what, RuleContext context, string[] declared)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (!declared.Contains(names[i]))
                context.Bag.Add(DiagnosticCodes.UndeclaredCaller, $"{path}[{i}]", $"no {what} '{names[i]}' is declared", DidYouMean.Hint(names[i], declared));
        }
    }
}
