namespace Weir.Core.Routing.Plans;

/// <summary>The first branch whose condition holds; no other is looked at.</summary>
public sealed record ConditionalNode(IReadOnlyList<ConditionalPlan> Branches) : PlanNode
{
    public override string Kind => "conditional";
    public override IEnumerable<ModelNode> Leaves => Branches.SelectMany(b => b.Plan.Leaves);

    public override void Order(PlanWalk walk, List<Candidate> into)
    {
        for (var i = 0; i < Branches.Count; i++)
        {
            var branch = Branches[i];
            if (branch.When?.Matches(walk.Call) == false)
                continue;
            walk.Note(Kind, branch.Text is { } text ? $"branch {i + 1}: {text}" : $"branch {i + 1}: no condition before it holds");
            branch.Plan.Order(walk, into);
            return;
        }
        walk.Note(Kind, "no condition holds");
    }
}

/// <summary>A branch of a <see cref="ConditionalNode"/>.</summary>
/// <param name="When">Its condition; null = always, which only the last branch may be.</param>
/// <param name="Text">The condition as written, for a person; null as <paramref name="When"/>.</param>
/// <param name="Plan">Where its calls go.</param>
public sealed record ConditionalPlan(IRouteMatch? When, string? Text, PlanNode Plan);
