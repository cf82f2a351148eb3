using Weir.Core.Configuration.Compilation;
using Weir.Core.Configuration.Documents;
using Weir.Core.Routing;
using Weir.Core.Routing.Plans;

namespace Weir.Core.Configuration.Validation;

/// <summary>What routes require: of places that exist, and such that some target can meet it; prices where cost decides.</summary>
internal sealed class RequirementRules(RuleContext context)
{
    /// <summary>Targets a message names.</summary>
    private const int MostNamed = 5;

    private readonly DiagnosticBag _bag = context.Bag;
    private readonly RouteDestinations _destinations = new(context);
    private readonly HashSet<string> _regions = Words(context, p => p.Region is { } r ? [r] : [], t => t.Region is { } r ? [r] : []);
    private readonly HashSet<string> _places = Words(context, p => p.Residency, t => t.Residency ?? []);
    private readonly HashSet<string> _providers = [.. context.Documents.Providers.Select(p => p.Name)];

    public void Check(Document<RouteSpec> route)
    {
        CheckCost(ShortForm.PlanOf(route));
        if (ShortForm.RequireOf(route.Spec) is not { } require)
            return;
        var path = route.Path + ".require";
        if (route.Spec.Region is { } region)
            CheckKnown([region], _ => route.Path + ".region", _regions, DiagnosticCodes.UnknownPlace, "no provider or target is in the region", "add region to a provider");
        else
            CheckKnown(require.Regions, i => $"{path}.regions[{i}]", _regions, DiagnosticCodes.UnknownPlace, "no provider or target is in the region", "add region to a provider");
        CheckKnown(require.Residency, i => $"{path}.residency[{i}]", _places, DiagnosticCodes.UnknownPlace, "of no provider or target it is said that data stays in", "add residency to a provider");
        CheckKnown(require.Providers.Allow, i => $"{path}.providers.allow[{i}]", _providers, DiagnosticCodes.UnknownProvider, "no provider", null);
        CheckKnown(require.Providers.Deny, i => $"{path}.providers.deny[{i}]", _providers, DiagnosticCodes.UnknownProvider, "no provider", null);
        if (!_bag.HasErrorsBelow(path) && RouteCompiler.Requirements(require) is { } requirements)
            CheckPossible(route, requirements, route.Spec.Require is null ? route.Path + ".region" : path);
    }

    /// <summary>Models whose targets are put in order by cost.</summary>
    public static void CheckModelsByCost(RuleContext context)
    {
        foreach (var model in context.Documents.Models.Where(m => m.Spec.By == TargetOrder.Cost))
        {
            if (context.Sketch.Models.Find(model.Name) is not { } entry || entry.Name != model.Name)
                continue;
            for (var i = 0; i < entry.Targets.Count; i++)
            {
                if (IsUnpriced(entry.Targets[i]))
                    Unpriced(entry.Targets[i], $"{model.Path}.targets[{i}]", context.Bag);
            }
        }
    }

    private static HashSet<string> Words(RuleContext context, Func<ProviderSpec, IReadOnlyList<string>> ofProvider, Func<TargetSpec, IReadOnlyList<string>> ofTarget) =>
        new(context.Documents.Providers.SelectMany(p => ofProvider(p.Spec)).Concat(context.Documents.Models.SelectMany(m => m.Spec.Targets).SelectMany(ofTarget)), StringComparer.Ordinal);

    private void CheckKnown(IReadOnlyList<string> wanted, Func<int, string> path, HashSet<string> known, DiagnosticCode code, string message, string? advice)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            var name = wanted[i];
            if (name.Length > 0 && !known.Any(k => ServedNames.Matches(name, k)))
                _bag.Add(code, path(i), $"{message} '{name}'", DidYouMean.Hint(name.TrimEnd('*'), known) ?? advice);
        }
    }

    private void CheckPossible(Document<RouteSpec> route, RouteRequirements requirements, string path)
    {
        var removed = new List<RemovedCandidate>();
        var dead = new List<(string Name, string Path)>();
        var anyMet = false;
        foreach (var (name, at) in _destinations.Of(route))
        {
            if (context.Sketch.Models.Resolve(name) is not { } resolved)
                return;
            var met = false;
            foreach (var target in resolved.Targets)
            {
                if (Unmet(target, requirements) is { } unmet)
                    removed.Add(unmet);
                else
                    met = true;
            }
            anyMet |= met;
            if (!met)
                dead.Add((name, at));
            // Of the models that a route without a plan may get, one is enough; of a plan, each is there for a reason.
            if (anyMet && ShortForm.PlanOf(route) is null)
                return;
        }
        if (!anyMet && removed.Count > 0)
        {
            var named = removed.DistinctBy(r => r.Target).ToList();
            _bag.Add(DiagnosticCodes.Impossible, path, "no target can ever meet this: " + string.Join("; ", named.Take(MostNamed).Select(r => $"{r.Target}: {r.Reason}"))
                + (named.Count > MostNamed ? $"; and {named.Count - MostNamed} more" : ""), "require less, or say of providers and targets what is true of them");
            return;
        }
        foreach (var (name, at) in dead)
            _bag.Add(DiagnosticCodes.NeverEligible, at, $"no target of '{name}' meets what the route requires", "it would never be used here");
    }

    // A pattern's target is known when it is asked for: until then only its provider's attributes count.
    private static RemovedCandidate? Unmet(Target target, RouteRequirements requirements) =>
        EligibilityFilters.Unmet(target, target.Model.Contains('*') && target.Capabilities is null ? requirements with { Capabilities = default } : requirements);

    private void CheckCost(PlanSpec? plan)
    {
        foreach (var node in plan?.All.Where(p => p.Choice is { By: ChoiceBy.Cost }) ?? [])
        {
            foreach (var leaf in node.Choice!.Among.SelectMany(p => p.All).Where(p => p.Model is not null))
            {
                foreach (var target in _destinations.Behind(leaf.Model!).SelectMany(n => context.Sketch.Models.Resolve(n)?.Targets ?? []).Where(IsUnpriced))
                    Unpriced(target, leaf.Path, _bag);
            }
        }
    }

    private static bool IsUnpriced(Target target) => target.Prices.IsEmpty && !target.Model.Contains('*');

    private static void Unpriced(Target target, string path, DiagnosticBag bag) =>
        bag.Add(DiagnosticCodes.UnpricedByCost, path, $"no price is known for {target.Name}, and cost decides here", "add an entry to prices; free: true when it costs nothing");
}
