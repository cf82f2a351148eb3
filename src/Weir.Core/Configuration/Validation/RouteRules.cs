using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Validation;

/// <summary>Routes: free names that lead, perhaps through other routes, to a model.</summary>
internal static class RouteRules
{
    public static void Check(RuleContext context)
    {
        var routes = context.Documents.Routes;
        var models = new ServedNames(context.Documents, withRoutes: false);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var route in routes)
        {
            for (var i = 0; i < route.Spec.Match.Models.Count; i++)
            {
                var name = route.Spec.Match.Models[i];
                var path = $"{route.Path}.match.models[{i}]";
                if (models.IsDeclared(name))
                    context.Bag.Add(DiagnosticCodes.RouteHidesModel, path, $"'{name}' is already the name of a model", "choose a free name, or change the model's targets");
                else if (!taken.Add(name))
                    context.Bag.Add(DiagnosticCodes.RouteHidesModel, path, $"'{name}' is already matched by another route");
            }
        }
        foreach (var route in routes)
            CheckDestination(route, routes, models, context.Bag);
    }

    /// <summary>The model a name finally leads to through routes, or null: nothing, or a circle.</summary>
    public static string? Follow(string name, IReadOnlyList<Document<RouteSpec>> routes, ServedNames models, out bool circle)
    {
        var visited = new HashSet<string>(StringComparer.Ordinal);
        circle = false;
        while (!models.Serves(name))
        {
            circle = !visited.Add(name);
            if (circle || routes.FirstOrDefault(r => r.Spec.Match.Models.Any(m => ServedNames.Matches(m, name))) is not { } next)
                return null;
            name = next.Spec.Model;
        }
        return name;
    }

    private static void CheckDestination(Document<RouteSpec> route, IReadOnlyList<Document<RouteSpec>> routes, ServedNames models, DiagnosticBag bag)
    {
        var model = route.Spec.Model;
        if (model.Length == 0 || Follow(model, routes, models, out var circle) is not null)
            return;
        if (circle)
            bag.Add(DiagnosticCodes.RouteCycle, route.Path + ".model", $"'{model}' leads back to itself through routes");
        else
            bag.Add(DiagnosticCodes.UnknownModel, route.Path + ".model", $"no model '{model}'", DidYouMean.Hint(model, models.Exact));
    }
}
