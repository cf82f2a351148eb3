namespace Weir.Core.Routing.Plans;

/// <summary>A percentage of the calls is also sent to another plan, whose answer nobody waits for.</summary>
/// <param name="Percent">0 to 100: how many are copied.</param>
/// <param name="To">Where copies go.</param>
/// <param name="Plan">Who answers.</param>
public sealed record MirrorNode(double Percent, PlanNode To, PlanNode Plan) : PlanNode
{
    public override string Kind => "mirror";
    public override IEnumerable<ModelNode> Leaves => [.. To.Leaves, .. Plan.Leaves];

    public override void Order(PlanWalk walk, List<Candidate> into) => Plan.Order(walk, into);
}
