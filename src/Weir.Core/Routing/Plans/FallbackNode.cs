namespace Weir.Core.Routing.Plans;

/// <summary>Children in the order written: the next is for when the ones before could not answer.</summary>
public sealed record FallbackNode(IReadOnlyList<PlanNode> Children) : PlanNode
{
    public override string Kind => "fallback";
    public override IEnumerable<ModelNode> Leaves => Children.SelectMany(c => c.Leaves);

    public override void Order(PlanWalk walk, List<Candidate> into)
    {
        foreach (var child in Children)
            child.Order(walk, into);
    }
}
