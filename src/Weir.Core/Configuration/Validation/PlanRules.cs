using Weir.Core.Configuration.Compilation;
using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Validation;

/// <summary>Plans: names that lead to models, without circles, and nodes whose parts make sense together.</summary>
internal sealed class PlanRules(RuleContext context)
{
    /// <summary>Models that a plan may have in the end, names of routes followed: beyond is a mistake, or meant to hurt.</summary>
    private const int MostLeaves = 1000;

    /// <summary>Routes that a name may lead through.</summary>
    private const int MostHops = 32;

    private const int Circle = -1;
    private readonly Dictionary<string, int> _leaves = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly DiagnosticBag _bag = context.Bag;

    public void Check(Document<RouteSpec> route)
    {
        foreach (var plan in ShortForm.PlanOf(route)?.All ?? [])
        {
            if (plan.Model is { } name)
                CheckName(name, plan.Path);
            else
                CheckNode(plan);
        }
        if (route.Spec.ContextFallback is { } context)
            CheckName(context, route.Path + ".contextFallback");
        if (route.Spec.ContentFallback is { } content)
            CheckName(content, route.Path + ".contentFallback");
        if (LeavesOf(route) > MostLeaves)
            _bag.Add(DiagnosticCodes.PlanTooLarge, route.Path, $"the plan has more than {MostLeaves} models, or leads through more than {MostHops} routes");
    }

    private void CheckName(string name, string path)
    {
        if (name.Length == 0 || context.Names.Models.Serves(name))
            return;
        if (context.Names.Behind(name) is not { } behind)
            _bag.Add(DiagnosticCodes.UnknownModel, path, $"no model '{name}'", DidYouMean.Hint(name, context.Names.Known));
        else if (LeavesOf(behind) == Circle)
            _bag.Add(DiagnosticCodes.RouteCycle, path, $"'{name}' leads back to itself through routes");
        else if (ShortForm.HasEffects(behind.Spec))
            _bag.Add(DiagnosticCodes.RouteBehindName, path, $"'{name}' stands for the plan of route '{behind.Name}', and what that route requires or sets would be lost", "name the models of its plan");
    }

    private void CheckNode(PlanSpec plan)
    {
        CheckList(plan.Fallback, plan.Path + ".fallback");
        CheckList(plan.Priority, plan.Path + ".priority");
        CheckList(plan.Choice?.Among, plan.Path + ".choice.among");
        if (plan.Weighted is { } weighted && !_bag.HasErrorsBelow(plan.Path + ".weighted"))
        {
            CheckCount(weighted.Count, plan.Path + ".weighted");
            if (weighted.Count > 0 && weighted.All(w => w.Weight == 0))
                _bag.Add(DiagnosticCodes.OutOfRange, plan.Path + ".weighted", "all weights are 0");
        }
        if (plan.Choice?.Weights is { Cost: 0, Latency: 0, Quality: 0 })
            _bag.Add(DiagnosticCodes.OutOfRange, plan.Path + ".choice.weights", "all weights are 0");
        if (plan.Conditional is { } branches)
            CheckBranches(branches, plan.Path + ".conditional");
    }

    private void CheckBranches(IReadOnlyList<ConditionalPlanSpec> branches, string path)
    {
        if (!_bag.HasErrorsBelow(path))
            CheckCount(branches.Count, path);
        for (var i = 0; i < branches.Count; i++)
        {
            ConditionRules.Check(branches[i].When, $"{path}[{i}].when", context);
            if (i > 0 && branches[i - 1].When is null)
                _bag.Add(DiagnosticCodes.Unreachable, $"{path}[{i}]", "no call gets here: the branch before has no condition", "put the branch without a condition last");
        }
    }

    private void CheckList(IReadOnlyList<PlanSpec>? plans, string path)
    {
        if (plans is null || _bag.HasErrorsBelow(path))
            return;
        CheckCount(plans.Count, path);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var plan in plans)
        {
            if (plan.Model is { } model && !seen.Add(model))
                _bag.Add(DiagnosticCodes.SamePlanTwice, plan.Path, $"'{model}' already stands before", "a target is tried once, however often it is named");
        }
    }

    private void CheckCount(int count, string path)
    {
        if (count == 0)
            _bag.Add(DiagnosticCodes.Missing, path, "no plan is named");
    }

    /// <summary>How many models the route's plan has with names of routes followed; <see cref="Circle"/> when they lead back to it.</summary>
    private int LeavesOf(Document<RouteSpec> route)
    {
        if (_leaves.TryGetValue(route.Path, out var known))
            return known;
        if (_open.Contains(route.Path))
            return Circle;
        if (_open.Count > MostHops)
            return MostLeaves + 1;
        _open.Add(route.Path);
        var count = 0;
        foreach (var plan in ShortForm.PlanOf(route)?.All ?? [])
        {
            var below = plan.Model is not { } name ? 0 : context.Names.Behind(name) is { } behind ? LeavesOf(behind) : 1;
            count = below == Circle || count == Circle ? Circle : Math.Min(count + below, MostLeaves + 1);
        }
        _open.Remove(route.Path);
        return _leaves[route.Path] = count;
    }
}
