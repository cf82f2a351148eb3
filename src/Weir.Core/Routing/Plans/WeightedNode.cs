namespace Weir.Core.Routing.Plans;

/// <summary>Children by chance, each in proportion to its weight.</summary>
public sealed record WeightedNode(IReadOnlyList<WeightedPlan> Children) : PlanNode
{
    public override string Kind => "weighted";
    public override IEnumerable<ModelNode> Leaves => Children.SelectMany(c => c.Plan.Leaves);

    public override void Order(PlanWalk walk, List<Candidate> into)
    {
        foreach (var child in Children)
            child.Plan.Order(walk, into);
    }
}

/// <summary>A child of a <see cref="WeightedNode"/>.</summary>
/// <param name="Weight">Its share; 0 = only after all others.</param>
/// <param name="Plan">Where the share goes.</param>
public sealed record WeightedPlan(long Weight, PlanNode Plan);
