using System.Globalization;

namespace Weir.Core.Routing.Plans;

/// <summary>Children by chance, each in proportion to its weight among those that have a target to take the call; the rest follow.</summary>
public sealed record WeightedNode(IReadOnlyList<WeightedPlan> Children) : PlanNode
{
    public override string Kind => "weighted";
    public override IEnumerable<ModelNode> Leaves => Children.SelectMany(c => c.Plan.Leaves);

    public override void Order(PlanWalk walk, List<Candidate> into)
    {
        var branches = new List<(long Weight, PlanBranch Branch)>(Children.Count);
        foreach (var child in Children)
            branches.Add((child.Weight, walk.Explore(child.Plan)));
        var (of, drew) = WeightedDraw.Arrange(branches, b => b.Weight, b => b.Branch.IsAvailable, walk.Random);

        var (weight, first) = branches[0];
        walk.Note(Kind, of > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{first.Label}: weight {weight} of {of} (drew {drew:0.00})")
            : $"{first.Label}: the only one that takes calls now");
        foreach (var (_, branch) in branches)
            walk.Take(branch, into);
    }
}

/// <summary>A child of a <see cref="WeightedNode"/>.</summary>
/// <param name="Weight">Its share; 0 = only after all others.</param>
/// <param name="Plan">Where the share goes.</param>
public sealed record WeightedPlan(long Weight, PlanNode Plan);
