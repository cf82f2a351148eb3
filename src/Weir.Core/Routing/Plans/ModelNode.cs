namespace Weir.Core.Routing.Plans;

/// <summary>A leaf: a model by its public name, or the one asked for. Its targets come in the order its own entry says.</summary>
/// <param name="Name">Name of an entry, a name that a pattern serves, or null for the model asked for.</param>
public sealed record ModelNode(string? Name) : PlanNode
{
    public override string Kind => "model";
    public override IEnumerable<ModelNode> Leaves => [this];

    public override void Order(PlanWalk walk, List<Candidate> into)
    {
        if (walk.Resolve(Name ?? walk.Call.Asked) is not { } resolved)
            return;
        if (resolved.Model.Plan is { } plan)
        {
            plan.Order(walk, into);
            return;
        }
        foreach (var target in resolved.Targets)
        {
            if (walk.Consider(target, resolved.Model) is { } candidate && !into.Contains(candidate))
                into.Add(candidate);
        }
    }
}
