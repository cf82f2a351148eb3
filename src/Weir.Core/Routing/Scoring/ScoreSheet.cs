using Weir.Core.Routing.Plans;

namespace Weir.Core.Routing.Scoring;

/// <summary>
/// The scores of one choice: for each target and scorer a loss against the best, weighted and added up. A loss is a ratio,
/// not a rank: what is one percent dearer loses one percent, so that weights mean the same whatever the prices are.
/// </summary>
internal sealed class ScoreSheet
{
    /// <summary>Distance decides between equals, and counts a little where waiting counts.</summary>
    private const double RegionWeight = 0.1;
    private const double RegionTieBreak = 1e-6;

    /// <summary>What is not known is worse than the worst.</summary>
    private const double UnknownLoss = 1.01;

    private static readonly CostScorer Cost = new();
    private static readonly LatencyScorer Latency = new();
    private static readonly QualityScorer Quality = new();
    private static readonly RegionScorer Region = new();

    private readonly List<Candidate> _candidates;
    private readonly List<ScorePart>[] _parts;
    private readonly double[] _totals;

    public ScoreSheet(ScoringCall call, List<Candidate> candidates, in ChoiceTerms terms)
    {
        _candidates = candidates;
        _totals = new double[candidates.Count];
        _parts = new List<ScorePart>[candidates.Count];
        for (var i = 0; i < _parts.Length; i++)
            _parts[i] = new List<ScorePart>(4);

        var weights = terms.Weights;
        var sum = Math.Max(double.Epsilon, weights.Cost + weights.Latency + weights.Quality);
        Add(Cost, call, weights.Cost / sum);
        Add(Latency, call, weights.Latency / sum);
        Add(Quality, call, weights.Quality / sum);
        if (call.Call.Region is not null)
            Add(Region, call, Math.Max(RegionTieBreak, RegionWeight * weights.Latency / sum));
        if (call.Warm is not null)
            AddCache(call, weights.Cost / sum);
    }

    public double Total(int candidate) => _totals[candidate];

    /// <summary>Hands each candidate its score.</summary>
    public void Write()
    {
        for (var i = 0; i < _candidates.Count; i++)
            _candidates[i].Planned = _candidates[i].Planned with { Score = new TargetScore(_totals[i], _parts[i]) };
    }

    private void Add(IScorer scorer, ScoringCall call, double weight)
    {
        if (weight <= 0)
            return;
        Span<double> values = stackalloc double[_candidates.Count];
        var (most, least) = (0.0, double.PositiveInfinity);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = scorer.Measure(call, _candidates[i]) ?? double.NaN;
            if (double.IsNaN(values[i]))
                continue;
            most = Math.Max(most, values[i]);
            least = Math.Min(least, values[i]);
        }
        for (var i = 0; i < values.Length; i++)
        {
            var loss = Loss(scorer, values[i], most, least);
            _totals[i] += weight * loss;
            _parts[i].Add(new ScorePart(scorer.Name, double.IsNaN(values[i]) ? -1 : values[i], weight * loss));
        }
    }

    /// <summary>0 to 1; a little more for what is not known.</summary>
    private static double Loss(IScorer scorer, double value, double most, double least)
    {
        // Nobody knows anything: nobody loses.
        if (most <= 0)
            return 0;
        if (double.IsNaN(value))
        {
            if (!scorer.TriesUnknown)
                return UnknownLoss;
            value = scorer.MoreIsBetter ? most : least;
        }
        return scorer.MoreIsBetter ? 1 - (value / most) : value / most;
    }

    /// <summary>
    /// The target that has the prompt in its cache is left only when the saving elsewhere exceeds what that is worth: in a
    /// choice by cost to the pico-dollar; where cost does not count, in proportion to the part of the call's cost that it saves.
    /// </summary>
    private void AddCache(ScoringCall call, double weight)
    {
        var holder = _candidates.FindIndex(c => c.Planned.Target.Name == call.Warm!.Value.Target);
        if (holder < 0)
            return;
        var saving = (double)CostScorer.Saving(call, _candidates[holder]).Picos / 1_000_000;
        var dearest = 0.0;
        foreach (var candidate in _candidates)
            dearest = Math.Max(dearest, Cost.Measure(call, candidate) ?? 0);
        if (saving <= 0 || dearest <= 0)
            return;
        var share = (weight > 0 ? weight : 1) * saving / dearest;
        _totals[holder] -= share;
        _parts[holder].Add(new ScorePart("cache", saving, -share));
    }
}
