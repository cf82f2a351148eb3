using Weir.Core.Configuration.Compilation;
using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Validation;

/// <summary>Routes: conditions that mean something, one way to say where calls go, and places that can take them.</summary>
internal static class RouteRules
{
    public static void Check(RuleContext context)
    {
        var plans = new PlanRules(context);
        var requirements = new RequirementRules(context);
        var continuations = new ContinuationRules(context);
        foreach (var route in context.Documents.Routes)
        {
            MatchRules.Check(route, context);
            CheckForms(route, context.Bag);
            CheckSet(route, context.Bag);
            plans.Check(route);
            requirements.Check(route);
            continuations.Check(route);
        }
        RequirementRules.CheckModelsByCost(context);
        ReachRules.Check(context);
    }

    private static void CheckForms(Document<RouteSpec> route, DiagnosticBag bag)
    {
        var (spec, path) = (route.Spec, route.Path);
        string[] plans = [.. new[] { ("plan", spec.Plan is not null), ("model", spec.Model is not null), ("primary", spec.Primary is not null) }.Where(p => p.Item2).Select(p => p.Item1)];
        if (plans.Length > 1)
            bag.Add(DiagnosticCodes.ExactlyOne, $"{path}.{plans[1]}", $"may have only one of {string.Join(", ", plans)}");
        if (spec.Fallback is not null && spec.Primary is null)
            bag.Add(DiagnosticCodes.Missing, path + ".fallback", "'primary' is missing", "fallback is the model behind primary; for more, write plan: {fallback: [A, B, C]}");
        if (spec.MaxTokens is not null && spec.Set?.MaxTokens is not null)
            bag.Add(DiagnosticCodes.ExactlyOne, path + ".maxTokens", "may have only one of maxTokens, set.maxTokens");
        if (spec.Region is not null && spec.Require?.Regions.Count > 0)
            bag.Add(DiagnosticCodes.ExactlyOne, path + ".region", "may have only one of region, require.regions");
        foreach (var label in new[] { "workload", "sensitivity" })
        {
            if (spec.Match.Labels.ContainsKey(label) && (label == "workload" ? spec.Match.Workload : spec.Match.Sensitivity) is not null)
                bag.Add(DiagnosticCodes.ExactlyOne, $"{path}.match.{label}", $"may have only one of {label}, labels.{label}");
        }
        if (plans.Length == 0 && spec.Strict is null && !ShortForm.HasEffects(spec) && !bag.HasErrorsBelow(path))
            bag.Add(DiagnosticCodes.Missing, path, "the route does nothing: 'plan' is missing", "name a model, or what the route requires or sets");
    }

    private static void CheckSet(Document<RouteSpec> route, DiagnosticBag bag)
    {
        if (route.Spec.Set is not { } set)
            return;
        var path = route.Path + ".set";
        if (set.Temperature is { Min: { } min, Max: { } max } && min > max)
            bag.Add(DiagnosticCodes.EmptyRange, path + ".temperature", $"nothing is between {min} and {max}");
        foreach (var parameter in set.Parameters)
        {
            if (Owned(parameter.Name) is { } hint)
                bag.Add(DiagnosticCodes.BadParameter, $"{path}.parameters.{parameter.Name}", $"'{parameter.Name}' cannot be set here", hint);
        }
    }

    private static string? Owned(string parameter) => parameter switch
    {
        "model" => "the plan says which model is called",
        "max_tokens" or "max_completion_tokens" or "max_output_tokens" => "write set: {maxTokens: ...}, which fits every dialect",
        "temperature" => "write set: {temperature: {min: ..., max: ...}}, which fits every dialect",
        "messages" or "input" or "contents" or "prompt" or "system" or "tools" or "stream" or "stream_options" or "n" => "it is the client's to say",
        _ => null,
    };
}
