using System.Globalization;
using Weir.Core.Dialects;

namespace Weir.Core.Routing.Plans;

/// <summary>A percentage of the calls is also sent to another plan, whose answer nobody waits for.</summary>
/// <param name="Percent">0 to 100: how many are copied.</param>
/// <param name="To">Where copies go.</param>
/// <param name="Plan">Who answers.</param>
public sealed record MirrorNode(double Percent, PlanNode To, PlanNode Plan) : PlanNode
{
    public override string Kind => "mirror";
    public override IEnumerable<ModelNode> Leaves => [.. To.Leaves, .. Plan.Leaves];

    public override void Order(PlanWalk walk, List<Candidate> into)
    {
        var answers = !Candidate.AnyAvailable(into);
        Plan.Order(walk, into);
        if (!answers || !CanBeCopied(walk.Call))
            return;
        var drew = walk.Random.NextDouble() * 100;
        if (drew >= Percent)
        {
            walk.Note(Kind, string.Create(CultureInfo.InvariantCulture, $"no copy: drew {drew:0.00} of 100, {Percent:0.##} are copied"));
            return;
        }
        var branch = walk.Explore(To);
        if (branch.Candidates.Find(c => c.Availability.IsAvailable) is { } shadow)
            walk.Copy(shadow, string.Create(CultureInfo.InvariantCulture, $"copy to {shadow.Planned.Target.Name}: drew {drew:0.00} of 100, {Percent:0.##} are copied"));
        else
            walk.Note(Kind, "no copy: no target takes it now");
    }

    /// <summary>Answers only: what makes or names objects at a provider, and sessions, happen once.</summary>
    private static bool CanBeCopied(RouteCall call) =>
        call.Dialect is not ISessionDialect && call.Facts.Objects is null && call.Named.Count == 0 && call.Facts.Boundary is null
        && call.Facts is { KeepsAnswer: false, MayMakeContainer: false };
}
