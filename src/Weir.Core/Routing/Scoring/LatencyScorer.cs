using Weir.Core.Routing.Health;
using Weir.Core.Routing.Plans;

namespace Weir.Core.Routing.Scoring;

/// <summary>
/// When the whole answer will be there: the time to first token, and the time per output token times the tokens expected,
/// each by itself and for prompts of the call's size; for calls without a stream, of whole answers. Value in
/// milliseconds.
/// </summary>
public sealed class LatencyScorer : IScorer
{
    public string Name => "latency";

    /// <summary>Nothing is learnt of a target that is never asked.</summary>
    public bool TriesUnknown => true;

    public double? Measure(ScoringCall call, Candidate candidate)
    {
        // What is known of another size is better than nothing.
        for (var distance = 0; distance < SizeClasses.Count; distance++)
        {
            if ((Measure(call, candidate, (int)call.Size - distance) ?? Measure(call, candidate, (int)call.Size + distance)) is { } seconds)
                return seconds * 1000;
        }
        return null;
    }

    /// <summary>How many fresh answers of the call's size stand behind what is known of the target.</summary>
    public static double Confidence(ScoringCall call, Candidate candidate) =>
        candidate.State.Statistics.Latency(call.Size).Whole.ConfidenceAt(call.Now);

    private static double? Measure(ScoringCall call, Candidate candidate, int size)
    {
        if (size is < 0 or >= SizeClasses.Count)
            return null;
        var known = candidate.State.Statistics.Latency((SizeClass)size);
        if (Expect(known.TimeToFirstToken, call, known.Waiting.LongestAt(call.Now)) is not { } first)
            return Expect(known.Whole, call);
        return Expect(known.TimePerToken, call) is { } token ? first + (token * Math.Max(0, call.OutputOf(candidate) - 1)) : Expect(known.Whole, call) ?? first;
    }

    /// <summary>
    /// Midway between mean and peak: with the peak alone the target that takes most calls meets most of the bad luck and
    /// loses to worse ones; with the mean alone a target that got slow is left too late (figures in the routing guide).
    /// A call that has been <paramref name="waiting"/> for longer than the peak is the peak.
    /// </summary>
    private static double? Expect(PeakEwma observed, ScoringCall call, TimeSpan waiting = default) =>
        observed.Mean is { } mean && observed.PeakAt(call.Now) is { } peak ? (mean + Math.Max(peak, waiting.TotalSeconds)) / 2 : null;
}
