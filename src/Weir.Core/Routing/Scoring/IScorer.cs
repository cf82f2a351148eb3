using Weir.Core.Routing.Plans;

namespace Weir.Core.Routing.Scoring;

/// <summary>One view of a target for a call. Without state: what it goes by is in the call and in the target's statistics.</summary>
public interface IScorer
{
    /// <summary><c>cost</c>, <c>latency</c>, <c>quality</c>, <c>region</c>.</summary>
    string Name { get; }

    /// <summary>More is better; otherwise less is.</summary>
    bool MoreIsBetter => false;

    /// <summary>A target of which nothing is known counts as the best known one, so that it is tried; otherwise as worthless.</summary>
    bool TriesUnknown => false;

    /// <summary>The target in the scorer's own unit, at least 0; null = nothing is known.</summary>
    double? Measure(ScoringCall call, Candidate candidate);
}
