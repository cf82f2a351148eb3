namespace Weir.Core.Semantics.Difficulty;

/// <summary>
/// The distribution of recent scores in fixed bins: where a wished share of them lies above. Forgets by halves every
/// 700 scores or so, so that a change of traffic shows within about two thousand. Not thread safe.
/// </summary>
internal sealed class ScoreQuantiles
{
    public const int Bins = 512;

    private const float Growth = 1.001f;

    /// <summary>Newer scores count more instead of older ones less; from here all are scaled back.</summary>
    private const float LargestUnit = 1e6f;

    /// <summary>Counts by bin over −1 to 1, in units of <see cref="Unit"/>. To begin with a single score, spread over all.</summary>
    public float[] Counts { get; } = [.. Enumerable.Repeat(1f / Bins, Bins)];

    /// <summary>What the next score counts.</summary>
    public float Unit { get; set; } = 1;

    public void Add(float score)
    {
        Counts[Bin(score)] += Unit;
        Unit *= Growth;
        if (Unit < LargestUnit)
            return;
        for (var i = 0; i < Bins; i++)
            Counts[i] /= Unit;
        Unit = 1;
    }

    /// <summary>The score that this share of recent scores exceeds.</summary>
    /// <param name="share">0 to 1.</param>
    public float ThresholdFor(float share)
    {
        var total = 0.0;
        foreach (var count in Counts)
            total += count;
        var wanted = total * share;
        for (var bin = Bins - 1; bin >= 0; bin--)
        {
            if (wanted <= Counts[bin])
                return Edge(bin + 1) - (Counts[bin] > 0 ? (float)(wanted / Counts[bin]) : 0) * 2f / Bins;
            wanted -= Counts[bin];
        }

        return -1;
    }

    private static int Bin(float score) => Math.Clamp((int)((score + 1) * (Bins / 2)), 0, Bins - 1);

    private static float Edge(int bin) => bin * 2f / Bins - 1;
}
