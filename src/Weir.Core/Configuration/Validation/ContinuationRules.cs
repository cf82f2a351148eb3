using Weir.Core.Configuration.Compilation;
using Weir.Core.Configuration.Documents;
using Weir.Core.Routing;

namespace Weir.Core.Configuration.Validation;

/// <summary>Routes that continue cut answers: some target must be able to go on with what another began.</summary>
internal sealed class ContinuationRules(RuleContext context)
{
    private readonly RouteDestinations _destinations = new(context);

    public void Check(Document<RouteSpec> route)
    {
        if (route.Spec.Attempts is not { Continue: true } attempts || context.Bag.HasErrorsBelow(route.Path))
            return;
        var path = route.Path + ".attempts.continue";
        if (attempts.Max == 1)
        {
            context.Bag.Add(DiagnosticCodes.NeverContinued, path, "attempts.max is 1, and the cut answer was one", "allow more attempts");
            return;
        }
        var targets = new List<Target>();
        foreach (var (name, _) in _destinations.Of(route))
        {
            if (context.Sketch.Models.Resolve(name) is not { } resolved)
                return;
            // What a pattern stands for is known when it is asked for.
            if (resolved.Targets.Any(t => t.Model.Contains('*')))
                return;
            if (ShortForm.PlanOf(route) is null)
                targets.Clear();
            targets.AddRange(resolved.Targets);
            if (IsPossible(targets))
                return;
        }
        if (targets.Count > 0)
            context.Bag.Add(DiagnosticCodes.NeverContinued, path, "no target could go on with what another began: "
                + (targets.Exists(t => t.TakesPrefill) ? "there is only one" : "none takes the beginning of an answer"),
                "add a target of a model that does, or say so of one: capabilities: [prefill, ...]");
    }

    private static bool IsPossible(List<Target> targets) => targets.Exists(t => t.TakesPrefill) && targets.DistinctBy(t => t.Name).Count() > 1;
}
