using Weir.Core.Configuration.Compilation;
using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Validation;

/// <summary>Routes that no call reaches, and names that a route takes from a model or from a later route.</summary>
internal static class ReachRules
{
    public static void Check(RuleContext context)
    {
        var bag = context.Bag;
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        var patterns = new List<(string Pattern, string Route)>();
        string? all = null;
        foreach (var route in context.Documents.Routes)
        {
            if (all is not null)
            {
                bag.Add(DiagnosticCodes.Unreachable, route.Path, $"no call gets here: route '{all}' before it takes every call", "put the route that matches everything last");
                continue;
            }
            for (var i = 0; i < route.Spec.Match.Models.Count; i++)
                CheckName(route, i);
            if (ShortForm.MatchesAll(route.Spec.Match) && !bag.HasErrorsBelow(route.Path))
                all = route.Name;
            if (!ShortForm.MatchesNamesOnly(route.Spec.Match))
                continue;
            foreach (var name in route.Spec.Match.Models)
            {
                if (name.EndsWith('*'))
                    patterns.Add((name, route.Name));
                else
                    taken.TryAdd(name, route.Name);
            }
        }

        void CheckName(Document<RouteSpec> route, int i)
        {
            var name = route.Spec.Match.Models[i];
            var path = $"{route.Path}.match.models[{i}]";
            if (taken.TryGetValue(name, out var earlier) || (earlier = patterns.Find(p => ServedNames.Matches(p.Pattern, name)).Route) is not null)
                bag.Add(DiagnosticCodes.RouteHidesModel, path, $"'{name}' is already matched by route '{earlier}'", "the first route that matches takes the call: put the narrower one first");
            else if (HidesModel(route, name, context.Names))
                bag.Add(DiagnosticCodes.RouteHidesModel, path, $"'{name}' is the name of a model, to which no call would come any more", "choose a free name, or let the plan lead to the model too");
        }
    }

    /// <summary>Every call for a declared model goes by this route, and the plan is another model, or the very same and nothing else.</summary>
    private static bool HidesModel(Document<RouteSpec> route, string name, RouteNames names) =>
        names.Models.IsDeclared(name) && ShortForm.MatchesNamesOnly(route.Spec.Match) && !ShortForm.HasEffects(route.Spec)
        && ShortForm.PlanOf(route) is { } plan && (plan.Model == name || plan.All.All(p => p.Model != name));
}
