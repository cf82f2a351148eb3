using Weir.Core.Routing.Plans;

namespace Weir.Core.Routing.Scoring;

/// <summary>What a choice is made by.</summary>
/// <param name="By">Its name.</param>
/// <param name="Weights">What counts how much.</param>
/// <param name="Affinity">What keeps calls together.</param>
/// <param name="Explore">0 to 1: share of the calls that go to a place of which little is known.</param>
public readonly record struct ChoiceTerms(ChoiceBy By, ChoiceWeights Weights, ChoiceAffinity Affinity, double Explore)
{
    /// <summary>Enough to notice that a place became better, little enough not to be felt.</summary>
    private const double StandardExplore = 0.02;

    /// <summary>The terms of a model whose targets are chosen by scores.</summary>
    public static ChoiceTerms Of(TargetOrder order)
    {
        var by = order switch
        {
            TargetOrder.Cost => ChoiceBy.Cost,
            TargetOrder.Latency => ChoiceBy.Latency,
            TargetOrder.Quality => ChoiceBy.Quality,
            _ => ChoiceBy.Balanced,
        };
        return new ChoiceTerms(by, ChoiceWeights.For(by), ChoiceAffinity.None, StandardExplore);
    }
}
