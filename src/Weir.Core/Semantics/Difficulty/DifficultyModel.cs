namespace Weir.Core.Semantics.Difficulty;

/// <summary>
/// Chooses between a weak and a strong model, and learns from how they did. Starts from <see cref="Complexity"/>; memory is fixed
/// (about 135 KB). Thread safe: scoring never waits, learning takes turns. The same sequence of calls gives the same model.
/// </summary>
public sealed class DifficultyModel
{
    private readonly Lock _lock = new();
    private readonly OutcomeHead _weak = new(Complexity.WeakPrior);
    private readonly OutcomeHead _strong = new(Complexity.StrongPrior);
    private readonly ScoreQuantiles _gains = new();

    /// <summary>By how much more than wished the strong model was chosen lately; one number, an array to be saved with the rest.</summary>
    private readonly float[] _excess = new float[1];

    /// <summary>What one choice counts in <see cref="_excess"/>: about the last two hundred matter.</summary>
    private const float ExcessStep = 0.005f;

    /// <summary>How strongly an excess is worked off.</summary>
    private const float Correction = 2;

    /// <summary>Outcomes learnt from.</summary>
    public long Learned { get; private set; }

    /// <summary>What to expect of the two models.</summary>
    public DifficultyEstimate Score(DifficultySketch sketch) => new(_weak.Predict(sketch), _strong.Predict(sketch));

    /// <summary>What to expect of the two models.</summary>
    public DifficultyEstimate Score(in DifficultyFeatures features) => Score(DifficultySketch.Of(features));

    /// <summary>
    /// Decides for the strong model where it is worth most, so that of recent requests the wished share goes to it. The request
    /// counts as one of them. Learning moves scores, so that a quantile of older ones errs: what came out too much or too little
    /// is worked off.
    /// </summary>
    /// <param name="estimate">What is expected.</param>
    /// <param name="strongShare">The knob: 0 never strong, 1 always.</param>
    /// <param name="explore">Share of requests that go by lot instead, so that both models keep being seen. 0 to 1.</param>
    /// <param name="random">Where the lots come from.</param>
    public StrengthChoice Choose(DifficultyEstimate estimate, float strongShare, float explore, Random random)
    {
        lock (_lock)
        {
            var threshold = _gains.ThresholdFor(Math.Clamp(strongShare - Correction * _excess[0], 0, 1));
            _gains.Add(estimate.Gain);
            var explored = strongShare is > 0 and < 1 && explore > 0 && random.NextSingle() < explore;
            var strong = strongShare > 0 && (strongShare >= 1 || (explored ? random.NextSingle() < strongShare : estimate.Gain > threshold));
            _excess[0] += ExcessStep * ((strong ? 1 : 0) - strongShare - _excess[0]);
            return new StrengthChoice(strong, threshold, explored);
        }
    }

    /// <summary>Learns from an outcome. Values out of range are cut to it; one without weight teaches nothing.</summary>
    public void Learn(DifficultySketch sketch, Outcome outcome)
    {
        if (!float.IsFinite(outcome.Quality) || outcome.Weight is not > 0)
            return;
        lock (_lock)
        {
            (outcome.Strong ? _strong : _weak).Learn(sketch, Math.Clamp(outcome.Quality, 0, 1), Math.Min(outcome.Weight, 1));
            Learned++;
        }
    }

    /// <summary>The model as bytes, for <see cref="Restore"/>.</summary>
    public byte[] Save()
    {
        lock (_lock)
            return DifficultyBlob.Write(Learned, _gains.Unit, Parts);
    }

    /// <summary>Takes on a saved state.</summary>
    /// <returns>False, with nothing changed, for bytes of another version or damaged ones.</returns>
    public bool Restore(ReadOnlySpan<byte> blob)
    {
        lock (_lock)
        {
            if (DifficultyBlob.Read(blob, Parts) is not { } head)
                return false;
            (Learned, _gains.Unit) = (head.Learned, head.Unit);
            return true;
        }
    }

    private float[][] Parts => [_weak.Weights, _weak.Squares, _strong.Weights, _strong.Squares, _gains.Counts, _excess];
}
