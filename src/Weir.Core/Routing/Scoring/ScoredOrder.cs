using System.Globalization;
using Weir.Core.Routing.Affinity;
using Weir.Core.Routing.Plans;

namespace Weir.Core.Routing.Scoring;

/// <summary>
/// Puts targets in the order of their scores. Those as good as the best share the calls: of two drawn, the one with fewer
/// calls under way (the power of two choices), so that not all run to the same place at once. A small share of the calls
/// goes to a target of which little is known.
/// </summary>
internal static class ScoredOrder
{
    /// <summary>Where waiting counts, targets within a twentieth of the best are as good: their measurements differ by more from minute to minute.</summary>
    private const double Band = 0.05;
    private const double NoBand = 1e-9;

    /// <summary>Fewer fresh answers than this are little to know a target by.</summary>
    private const double Known = 1;
    private const double AnswersToKnow = 10;

    /// <summary>Arranges <paramref name="candidates"/> in place; returns what was chosen and why, for a person.</summary>
    public static string Arrange(PlanWalk walk, List<Candidate> candidates, in ChoiceTerms terms)
    {
        var by = terms.By.ToString().ToLowerInvariant();
        if (candidates.Count == 1 && terms.Affinity == ChoiceAffinity.None)
            return $"{by}: {candidates[0].Planned.Target.Name}, the only one eligible";
        var call = new ScoringCall(walk, candidates, terms.Affinity);
        var sheet = new ScoreSheet(call, candidates, terms);
        sheet.Write();

        var order = new int[candidates.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var given = candidates.ToArray();
        // What rests follows, whatever its score.
        Array.Sort(order, (a, b) =>
        {
            var available = given[b].Availability.IsAvailable.CompareTo(given[a].Availability.IsAvailable);
            return available != 0 ? available : sheet.Total(a).CompareTo(sheet.Total(b)) is var total and not 0 ? total : a.CompareTo(b);
        });
        for (var i = 0; i < order.Length; i++)
            candidates[i] = given[order[i]];

        var why = Choose(walk, call, candidates, terms);
        var first = candidates[0].Planned;
        return candidates.Count == 1 ? $"{by}: {first.Target.Name}{why}"
            : string.Create(CultureInfo.InvariantCulture, $"{by}: {first.Target.Name} ({first.Score!.Total:0.000}) before {candidates[1].Planned.Target.Name} ({candidates[1].Planned.Score!.Total:0.000}){why}");
    }

    /// <summary>Moves to the front what takes the call in place of the best, and says why.</summary>
    private static string Choose(PlanWalk walk, ScoringCall call, List<Candidate> candidates, in ChoiceTerms terms)
    {
        var available = candidates.FindIndex(c => !c.Availability.IsAvailable);
        if (available < 0)
            available = candidates.Count;
        if (available < 2)
            return call.Warm is { } only && available == 1 && only.Target == candidates[0].Planned.Target.Name ? Warm(only) : "";

        if (terms.Explore > 0 && walk.Random.NextDouble() < terms.Explore && LeastKnown(call, candidates, available, terms) is > 0 and var unknown)
        {
            ToFront(candidates, unknown);
            return ", to learn of it";
        }
        if (call.Warm is { } warm && warm.Target == candidates[0].Planned.Target.Name)
            return Warm(warm);

        var band = terms.Weights.Latency > 0 ? Band : NoBand;
        var limit = candidates[0].Planned.Score!.Total is var best && best > 0 ? best * (1 + band) : best + NoBand;
        var equals = 1;
        while (equals < available && candidates[equals].Planned.Score!.Total <= limit)
            equals++;
        if (equals == 1)
            return "";
        if (call.Trail is { } trail)
        {
            ToFront(candidates, Rendezvous(candidates, equals, trail.Root));
            return $", by hash among {equals} as good";
        }
        ToFront(candidates, LessBusyOfTwo(walk.Random, candidates, equals));
        return $", the less busy of two among {equals} as good";
    }

    private static string Warm(Affinity.WarmCache warm) => string.Create(CultureInfo.InvariantCulture, $", which has {warm.Tokens:N0} tokens of the prompt in its cache");

    /// <summary>The place of the target that least is known of, or -1: enough is known of all.</summary>
    private static int LeastKnown(ScoringCall call, List<Candidate> candidates, int available, in ChoiceTerms terms)
    {
        var (least, place) = (Known, -1);
        for (var i = 0; i < available; i++)
        {
            // Of costs, only how long answers to such prompts are has to be learnt, and one answer says little of the next.
            var known = terms.Weights.Latency > 0 ? LatencyScorer.Confidence(call, candidates[i])
                : terms.Weights.Cost > 0 ? candidates[i].State.Statistics.Latency(call.Size).Whole.Count / AnswersToKnow
                : Known;
            if (known < least)
                (least, place) = (known, i);
        }
        return place;
    }

    private static int LessBusyOfTwo(IRandomSource random, List<Candidate> candidates, int equals)
    {
        var one = (int)(random.NextDouble() * equals);
        var other = (int)(random.NextDouble() * (equals - 1));
        if (other >= one)
            other++;
        var (busyOne, busyOther) = (candidates[one].State.Statistics.InFlight, candidates[other].State.Statistics.InFlight);
        return busyOne <= busyOther ? one : other;
    }

    /// <summary>Highest hash of target and key: every process chooses the same, and a target that goes takes only its own calls away.</summary>
    private static int Rendezvous(List<Candidate> candidates, int equals, ulong key)
    {
        var (best, place) = (0UL, 0);
        for (var i = 0; i < equals; i++)
        {
            var hash = StableHash.Mix(StableHash.Of(candidates[i].Planned.Target.Name), key);
            if (hash >= best)
                (best, place) = (hash, i);
        }
        return place;
    }

    private static void ToFront(List<Candidate> candidates, int place)
    {
        var chosen = candidates[place];
        candidates.RemoveAt(place);
        candidates.Insert(0, chosen);
    }
}
