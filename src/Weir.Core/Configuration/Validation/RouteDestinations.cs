using Weir.Core.Configuration.Compilation;
using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Validation;

/// <summary>The models that calls by a route can get to, fallbacks included.</summary>
internal sealed class RouteDestinations(RuleContext context)
{
    /// <summary>Models and where the route names them. A route without a plan leads to every model that it matches.</summary>
    public IEnumerable<(string Name, string Path)> Of(Document<RouteSpec> route)
    {
        if (ShortForm.PlanOf(route) is { } plan)
        {
            foreach (var leaf in plan.All.Where(p => p.Model is not null).SelectMany(p => Behind(p.Model!).Select(n => (n, p.Path))))
                yield return leaf;
            if (route.Spec.ContextFallback is { } context)
                yield return (context, route.Path + ".contextFallback");
            if (route.Spec.ContentFallback is { } content)
                yield return (content, route.Path + ".contentFallback");
            yield break;
        }
        foreach (var model in context.Sketch.Models.All)
        {
            if (route.Spec.Match.Models.Count == 0 || route.Spec.Match.Models.Any(m => ServedNames.Matches(m, model.Name) || ServedNames.Matches(model.Name, m)))
                yield return (model.Name, route.Path);
        }
    }

    /// <summary>The models behind a name, through routes.</summary>
    public IEnumerable<string> Behind(string name) =>
        context.Names.Behind(name) is not { } route ? [name]
        : context.Bag.HasErrors ? [] // it may lead in a circle
        : ShortForm.PlanOf(route)!.All.Where(p => p.Model is not null).SelectMany(p => Behind(p.Model!));
}
