namespace Weir.Core.Routing.Plans;

/// <summary>
/// Tiers, best first: a later one takes calls only while no target of the ones before does. Other than with
/// <see cref="FallbackNode"/>, the failure of one call does not reach the next tier; a tier that fails opens its breakers.
/// </summary>
public sealed record PriorityNode(IReadOnlyList<PlanNode> Tiers) : PlanNode
{
    public override string Kind => "priority";
    public override IEnumerable<ModelNode> Leaves => Tiers.SelectMany(t => t.Leaves);

    public override void Order(PlanWalk walk, List<Candidate> into)
    {
        for (var i = 0; i < Tiers.Count; i++)
        {
            var start = into.Count;
            Tiers[i].Order(walk, into);
            if (!Candidate.AnyAvailable(into, start))
                continue;
            walk.Note(Kind, i == 0 ? "tier 1" : $"tier {i + 1}: nothing before it takes calls now");
            return;
        }
        walk.Note(Kind, "no tier takes calls now");
    }
}
