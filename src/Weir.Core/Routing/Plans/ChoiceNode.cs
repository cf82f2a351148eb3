using Weir.Core.Routing.Affinity;
using Weir.Core.Routing.Scoring;

namespace Weir.Core.Routing.Plans;

/// <summary>A scored choice among all targets of several plans.</summary>
public sealed record ChoiceNode : PlanNode
{
    public override string Kind => "choice";

    /// <summary>Where there is a choice.</summary>
    public required IReadOnlyList<PlanNode> Among { get; init; }

    public required ChoiceBy By { get; init; }

    /// <summary>What counts how much; <see cref="ChoiceBy"/> alone decides it when the configuration does not say.</summary>
    public required ChoiceWeights Weights { get; init; }

    public ChoiceAffinity Affinity { get; init; }

    /// <summary>0 to 1: share of the calls that go to a place of which little is known yet.</summary>
    public double Explore { get; init; }

    public override IEnumerable<ModelNode> Leaves => Among.SelectMany(p => p.Leaves);

    public override void Order(PlanWalk walk, List<Candidate> into)
    {
        var answers = !Candidate.AnyAvailable(into);
        var branches = new List<PlanBranch>(Among.Count);
        var candidates = new List<Candidate>();
        foreach (var plan in Among)
        {
            var branch = walk.Explore(plan);
            branches.Add(branch);
            foreach (var candidate in branch.Candidates)
            {
                if (!candidates.Contains(candidate))
                    candidates.Add(candidate);
            }
        }
        if (candidates.Count == 0)
            return;
        walk.Note(Kind, $"by {ScoredOrder.Arrange(walk, candidates, new ChoiceTerms(By, Weights, Affinity, Explore))}");
        var chosen = branches.FindIndex(b => b.Candidates.Contains(candidates[0]));
        for (var i = 0; i < branches.Count; i++)
            walk.Keep(branches[i], answers && i == chosen);
        if (answers && AffinityTrail.Of(Affinity, walk.Call) is { } trail)
            walk.Trail = trail;
        foreach (var candidate in candidates)
        {
            if (!into.Contains(candidate))
                into.Add(candidate);
        }
    }
}

/// <summary>What a <see cref="ChoiceNode"/> chooses by.</summary>
public enum ChoiceBy { Cost, Latency, Quality, Balanced }

/// <summary>What keeps calls on the target they went to before.</summary>
public enum ChoiceAffinity { None, Session, Key, Prompt }

/// <summary>How much each scorer counts, at least 0; only their ratios matter.</summary>
public sealed record ChoiceWeights(double Cost, double Latency, double Quality)
{
    /// <summary>What <paramref name="by"/> means when no weights are given.</summary>
    public static ChoiceWeights For(ChoiceBy by) => by switch
    {
        ChoiceBy.Cost => OfCost,
        ChoiceBy.Latency => OfLatency,
        ChoiceBy.Quality => OfQuality,
        _ => OfAll,
    };

    private static ChoiceWeights OfCost { get; } = new(1, 0, 0);
    private static ChoiceWeights OfLatency { get; } = new(0, 1, 0);
    private static ChoiceWeights OfQuality { get; } = new(0, 0, 1);
    private static ChoiceWeights OfAll { get; } = new(1, 1, 1);
}
