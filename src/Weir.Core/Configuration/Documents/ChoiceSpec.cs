using Weir.Core.Configuration.Shapes;
using Weir.Core.Routing.Plans;

namespace Weir.Core.Configuration.Documents;

/// <summary>A scored choice.</summary>
public sealed record ChoiceSpec
{
    public ChoiceBy By { get; init; } = ChoiceBy.Balanced;
    public ChoiceWeightsSpec? Weights { get; init; }
    public IReadOnlyList<PlanSpec> Among { get; init; } = [];
    public ChoiceAffinity Affinity { get; init; }
    public double Explore { get; init; } = StandardExplore;

    /// <summary>Enough to notice that a place became better, little enough not to be felt.</summary>
    public const double StandardExplore = 0.02;

    public static RecordShape<ChoiceSpec> Shape { get; } = new RecordShape<ChoiceSpec>("choice", "The best of several plans' targets for this call.", new ChoiceSpec())
        .Required("by", ShapeOf.Choice("kind of choice", ("cost", ChoiceBy.Cost), ("latency", ChoiceBy.Latency), ("quality", ChoiceBy.Quality), ("balanced", ChoiceBy.Balanced)),
            "What counts.", (s, v) => s with { By = v })
        .Optional("weights", ChoiceWeightsSpec.Shape, "How much each counts.", (s, v) => s with { Weights = v }, "what by says alone; balanced: all the same")
        .Required("among", ShapeOf.List<PlanSpec>(new PlanReference()), "Plans whose targets there is a choice of.", (s, v) => s with { Among = v })
        .Optional("affinity", ShapeOf.Choice("kind of affinity", ("none", ChoiceAffinity.None), ("session", ChoiceAffinity.Session), ("key", ChoiceAffinity.Key), ("prompt", ChoiceAffinity.Prompt)),
            "What keeps calls on one target, so that the provider's prompt cache stays warm: left only when more is saved than the cache is worth.", (s, v) => s with { Affinity = v }, "none")
        .Optional("explore", ShapeOf.Number(0, 1), "Share of the calls that go to a target of which little is known yet.", (s, v) => s with { Explore = v }, "0.02");
}
