using Weir.Core.Routing.Plans;

namespace Weir.Core.Routing.Scoring;

/// <summary>How far the target is from the caller: 0 the same region, 1 the same continent, 2 anywhere else.</summary>
public sealed class RegionScorer : IScorer
{
    public string Name => "region";

    public double? Measure(ScoringCall call, Candidate candidate) => Distance(call.Call.Region, candidate.Planned.Target.Region);

    /// <summary>Null when one of them is not known.</summary>
    public static double? Distance(string? caller, string? target)
    {
        if (caller is null || target is null)
            return null;
        if (caller.Equals(target, StringComparison.OrdinalIgnoreCase))
            return 0;
        return Continents.Of(caller) is { } continent && continent == Continents.Of(target) ? 1 : 2;
    }
}
