using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Validation;

namespace Weir.Core.Configuration.Compilation;

/// <summary>What a name in a plan leads to: a model, or the plan of a route that gives further names.</summary>
internal sealed class RouteNames
{
    private readonly Dictionary<string, Document<RouteSpec>> _exact = new(StringComparer.Ordinal);
    private readonly List<(string Pattern, Document<RouteSpec> Route)> _patterns = [];

    public RouteNames(ConfigurationDocuments documents)
    {
        Models = new ServedNames(documents, withRoutes: false);
        foreach (var route in documents.Routes.Where(GivesNames))
        {
            foreach (var name in route.Spec.Match.Models)
            {
                if (name.EndsWith('*'))
                    _patterns.Add((name, route));
                else
                    _exact.TryAdd(name, route);
            }
        }
        _patterns = [.. _patterns.OrderByDescending(p => p.Pattern.Length)];
    }

    /// <summary>Names that entries of models and providers serve.</summary>
    public ServedNames Models { get; }

    /// <summary>Every name without a star, for hints.</summary>
    public IReadOnlyCollection<string> Known => [.. Models.Exact, .. _exact.Keys];

    /// <summary>The route whose plan the name stands for; null: a model serves it, or nothing does.</summary>
    public Document<RouteSpec>? Behind(string name)
    {
        if (Models.Serves(name))
            return null;
        if (_exact.TryGetValue(name, out var route))
            return route;
        foreach (var (pattern, behind) in _patterns)
        {
            if (ServedNames.Matches(pattern, name))
                return behind;
        }
        return null;
    }

    /// <summary>The route's names are further names for its plan: it asks for nothing else of a call.</summary>
    public static bool GivesNames(Document<RouteSpec> route) =>
        ShortForm.MatchesNamesOnly(route.Spec.Match) && ShortForm.PlanOf(route) is not null;
}
