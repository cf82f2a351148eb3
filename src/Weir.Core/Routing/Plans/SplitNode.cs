using Weir.Core.Routing.Affinity;
using System.Globalization;

namespace Weir.Core.Routing.Plans;

/// <summary>
/// A canary: a percentage of the calls goes to one plan, the rest to another, and callers stay on their side. The other
/// side follows, for when the one chosen cannot answer.
/// </summary>
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
        // Below the percentage or not: who was below stays below when it grows.
        var (place, what) = PlaceOf(walk);
        var isTo = place < Percent;
        walk.Note(Kind, string.Create(CultureInfo.InvariantCulture, $"{(isTo ? "to" : "rest")}: {what} is at {place:0.00} of 100, to takes {Percent:0.##}"));
        (isTo ? To : Rest).Order(walk, into);
        (isTo ? Rest : To).Order(walk, into);
    }

    private (double Place, string What) PlaceOf(PlanWalk walk)
    {
        var call = walk.Call;
        return By switch
        {
            SplitBy.Request => (walk.Random.NextDouble() * 100, "this call"),
            SplitBy.Session when call.Affinity.Session is { } session => (Place(StableHash.Mix(session, StableHash.Of(call.Caller.Key.Id))), "its session"),
            SplitBy.User when call.User is { Hash: var user } => (Place(StableHash.Of(user)), "its user"),
            _ => (Place(StableHash.Of(call.Caller.Key.Id)), "its key"),
        };
    }

    private double Place(ulong hash) => StableHash.Share(StableHash.Mix(hash, StableHash.Of(Name))) * 100;
}

/// <summary>What a <see cref="SplitNode"/> keeps on one side. A call that lacks it falls back to the key.</summary>
public enum SplitBy { Key, Session, User, Request }
