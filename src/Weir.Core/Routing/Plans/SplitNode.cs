namespace Weir.Core.Routing.Plans;

/// <summary>A canary: a percentage of the calls goes to one plan, the rest to another, and callers stay on their side.</summary>
/// <param name="Name">Stable over reloads and its own within a configuration, so that two splits do not choose the same callers.</param>
/// <param name="Percent">0 to 100: how much goes to <paramref name="To"/>.</param>
/// <param name="To">The plan that is tried out.</param>
/// <param name="Rest">The plan for all others.</param>
/// <param name="By">What stays on its side.</param>
public sealed record SplitNode(string Name, double Percent, PlanNode To, PlanNode Rest, SplitBy By) : PlanNode
{
    public override string Kind => "split";
    public override IEnumerable<ModelNode> Leaves => [.. To.Leaves, .. Rest.Leaves];

    public override void Order(PlanWalk walk, List<Candidate> into)
    {
        To.Order(walk, into);
        Rest.Order(walk, into);
    }
}

/// <summary>What a <see cref="SplitNode"/> keeps on one side. A call that lacks it falls back to the key.</summary>
public enum SplitBy { Key, Session, User, Request }
