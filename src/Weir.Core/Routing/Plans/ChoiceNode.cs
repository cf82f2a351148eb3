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
        foreach (var plan in Among)
            plan.Order(walk, into);
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
        ChoiceBy.Cost => new(1, 0, 0),
        ChoiceBy.Latency => new(0, 1, 0),
        ChoiceBy.Quality => new(0, 0, 1),
        _ => new(1, 1, 1),
    };
}
