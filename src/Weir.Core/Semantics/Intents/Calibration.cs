namespace Weir.Core.Semantics.Intents;

/// <summary>What margins meant on examples that the model had not seen.</summary>
internal sealed class Calibration
{
    /// <summary>Points of the distribution kept.</summary>
    private const int Points = 256;

    /// <summary>With fewer held-out texts than this, a quantile is a guess.</summary>
    private const int FewTexts = 20;

    private readonly double[] _logit;
    private readonly float[] _familiarity;

    /// <summary>Fits to the evidence of held-out texts and whether its class was right.</summary>
    public Calibration(IReadOnlyList<(Evidence Evidence, bool Right)> heldOut)
    {
        if (heldOut.Count == 0)
        {
            // One example a class: nothing could be held out. A margin of zero is as foreign as most.
            (_logit, _familiarity) = ([0, 1, 1], [0]);
            return;
        }

        _logit = LogisticFit.Solve([.. heldOut.Select(h => new[] { 1.0, h.Evidence.Margin, h.Evidence.Lead })], [.. heldOut.Select(h => h.Right ? 1.0 : 0.0)]);
        var sorted = heldOut.Select(h => h.Evidence.Familiarity).Order().ToArray();
        _familiarity = sorted.Length < FewTexts
            ? sorted
            : [.. Enumerable.Range(0, Points).Select(p => sorted[(int)((long)p * (sorted.Length - 1) / (Points - 1))])];
    }

    /// <summary>Probability that the class is right, if any is.</summary>
    public float Confidence(in Evidence evidence) =>
        (float)(1 / (1 + Math.Exp(-(_logit[0] + _logit[1] * evidence.Margin + _logit[2] * evidence.Lead))));

    /// <summary>The share of texts in scope that look more familiar than this one.</summary>
    public float OutOfScope(float familiarity)
    {
        int low = 0, high = _familiarity.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_familiarity[middle] < familiarity)
                low = middle + 1;
            else
                high = middle;
        }

        if (low == _familiarity.Length)
            return 0;
        var last = _familiarity.Length - 1;
        if (low == 0)
            // Stranger than all: still tell strange from very strange, in the last bit of the scale.
            return 1 - 0.5f / (last + 1) * MathF.Exp(familiarity - _familiarity[0]);
        // Here low is at least 1, so there are two points.
        var step = _familiarity[low] - _familiarity[low - 1];
        var within = step > 0 ? (familiarity - _familiarity[low - 1]) / step : 1;
        return (1 - 0.5f / (last + 1)) * (1 - (low - 1 + within) / last);
    }
}
