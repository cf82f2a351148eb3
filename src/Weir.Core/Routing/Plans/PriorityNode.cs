namespace Weir.Core.Routing.Plans;

/// <summary>Tiers, best first: a later one takes calls while no target of the ones before does.</summary>
public sealed record PriorityNode(IReadOnlyList<PlanNode> Tiers) : PlanNode
{
    public override string Kind => "priority";
    public override IEnumerable<ModelNode> Leaves => Tiers.SelectMany(t => t.Leaves);

    public override void Order(PlanWalk walk, List<Candidate> into)
    {
        foreach (var tier in Tiers)
            tier.Order(walk, into);
    }
}
