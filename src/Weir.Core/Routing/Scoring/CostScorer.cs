using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Metering;
using Weir.Core.Routing.Plans;

namespace Weir.Core.Routing.Scoring;

/// <summary>
/// What the call will cost at a target, by the price row in force with its context tiers: the prompt in the target's own
/// tokens, the part of it that comes from the cache, and an answer as long as its answers are. Value in micro-dollars.
/// </summary>
public sealed class CostScorer : IScorer
{
    public string Name => "cost";

    public double? Measure(ScoringCall call, Candidate candidate)
    {
        var input = call.InputOf(candidate);
        return Estimate(call, candidate, input, call.CachedOf(candidate, input)) is { } cost ? (double)cost.Picos / PicosPerMicro : null;
    }

    /// <summary>What the prompt's place in the cache saves of this call; zero at a target that does not have it.</summary>
    public static Money Saving(ScoringCall call, Candidate candidate)
    {
        if (call.Warm is not { } warm || warm.Target != candidate.Planned.Target.Name)
            return Money.Zero;
        var input = call.InputOf(candidate);
        return Estimate(call, candidate, input, 0) is { } cold && Estimate(call, candidate, input, Math.Min(warm.Tokens, input)) is { } cached && cached < cold
            ? cold - cached
            : Money.Zero;
    }

    /// <summary>The cost, or null: unpriced.</summary>
    private static Money? Estimate(ScoringCall call, Candidate candidate, long input, long cached)
    {
        var usage = new Usage
        {
            InputUncached = input - cached,
            CacheRead = cached,
            OutputVisible = (long)Math.Ceiling(call.OutputOf(candidate)),
        };
        var cost = CostCalculator.Price(candidate.Planned.Target.Prices.At(call.Now), usage);
        return cost.State == PriceState.Unpriced ? null : cost.Total;
    }

    private const long PicosPerMicro = 1_000_000;
}
