using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Compilation;

/// <summary>What the short members of a route stand for.</summary>
internal static class ShortForm
{
    /// <summary>The plan, or null: the model asked for.</summary>
    public static PlanSpec? PlanOf(Document<RouteSpec> route)
    {
        var spec = route.Spec;
        if (spec.Plan is not null)
            return spec.Plan;
        if (spec.Model is { } model)
            return new PlanSpec { Model = model, Path = route.Path + ".model" };
        if (spec.Primary is not { } primary)
            return null;
        var first = new PlanSpec { Model = primary, Path = route.Path + ".primary" };
        return spec.Fallback is not { } second ? first
            : new PlanSpec { Fallback = [first, new PlanSpec { Model = second, Path = route.Path + ".fallback" }], Path = route.Path };
    }

    /// <summary>The requirements, or null: none.</summary>
    public static RequireSpec? RequireOf(RouteSpec spec) =>
        spec.Region is not { } region ? spec.Require : (spec.Require ?? new RequireSpec()) with { Regions = [region] };

    /// <summary>The changes to requests, or null: none.</summary>
    public static SetSpec? SetOf(RouteSpec spec) =>
        spec.MaxTokens is not { } cap ? spec.Set : (spec.Set ?? new SetSpec()) with { MaxTokens = cap };

    /// <summary>Labels with their values, of which one must be there.</summary>
    public static IEnumerable<(string Label, IReadOnlyList<string> Values)> LabelsOf(RouteMatchSpec match)
    {
        foreach (var (label, values) in match.Labels)
            yield return (label, values);
        if (match.Workload is { } workload)
            yield return ("workload", [workload]);
        if (match.Sensitivity is { } sensitivity)
            yield return ("sensitivity", [sensitivity]);
    }

    /// <summary>The route asks for a model's name and nothing else.</summary>
    public static bool MatchesNamesOnly(RouteMatchSpec m) =>
        m.Models.Count > 0 && m is { When: null, InputTokens: null, Difficulty: null, Workload: null, Sensitivity: null, Labels.Count: 0 }
        && m.Tenants.Count + m.Teams.Count + m.Keys.Count + m.Operations.Count + m.Intents.Count + m.Languages.Count + m.Findings.Count == 0;

    /// <summary>Every call matches.</summary>
    public static bool MatchesAll(RouteMatchSpec m) => m.Models.Count == 0 && MatchesNamesOnly(m with { Models = ["*"] });

    /// <summary>The route does more than to say where calls go.</summary>
    public static bool HasEffects(RouteSpec spec) =>
        spec is not { Require: null, Region: null, Set: null, MaxTokens: null, Attempts: null, ContextFallback: null, ContentFallback: null, Panic: null };
}
