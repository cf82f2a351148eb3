namespace Weir.Core.Routing.Plans;

/// <summary>The first branch whose condition holds; no other is looked at.</summary>
public sealed record ConditionalNode(IReadOnlyList<ConditionalPlan> Branches) : PlanNode
{
    public override string Kind => "conditional";
    public override IEnumerable<ModelNode> Leaves => Branches.SelectMany(b => b.Plan.Leaves);

    public override void Order(PlanWalk walk, List<Candidate> into)
    {
        foreach (var branch in Branches)
        {
            if (branch.When?.Matches(walk.Call) == false)
                continue;
            branch.Plan.Order(walk, into);
            return;
        }
    }
}

/// <summary>A branch of a <see cref="ConditionalNode"/>.</summary>
/// <param name="When">Its condition; null = always, which only the last branch may be.</param>
/// <param name="Text">The condition as written, for a person; null as <paramref name="When"/>.</param>
/// <param name="Plan">Where its calls go.</param>
public sealed record ConditionalPlan(IRouteMatch? When, string? Text, PlanNode Plan);
