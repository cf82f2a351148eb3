using Weir.Core.Routing.Plans;

namespace Weir.Core.Routing.Scoring;

/// <summary>How good the target is at what the call is about, as its operator says. 0 to 1.</summary>
public sealed class QualityScorer : IScorer
{
    public string Name => "quality";
    public bool MoreIsBetter => true;

    public double? Measure(ScoringCall call, Candidate candidate)
    {
        var quality = candidate.Planned.Target.Quality;
        // Looking into the content takes time, which scores that do not differ by intent are not worth.
        return quality.HasClasses ? quality.For(call.Call.Content.Intent) : quality.For(null);
    }
}
