namespace Weir.Core.Routing.Records;

/// <summary>Times in buckets that widen by a fifth each: quantiles to within a tenth, in a fixed number of bytes however many there are.</summary>
public sealed class LatencyHistogram
{
    private const double Smallest = 0.1;
    private const double Ratio = 1.2;
    private const int Buckets = 96;
    private readonly double[] _counts = new double[Buckets];

    /// <summary>How many times it holds.</summary>
    public double Count { get; private set; }

    public void Add(TimeSpan time) => Add(Math.Clamp((int)Math.Ceiling(Math.Log(Math.Max(time.TotalMilliseconds, Smallest) / Smallest, Ratio)), 0, Buckets - 1), 1);

    /// <summary>Adds another's times so that they count as <paramref name="calls"/>.</summary>
    public void Add(LatencyHistogram other, double calls)
    {
        if (other.Count <= 0 || calls <= 0)
            return;
        for (var i = 0; i < Buckets; i++)
            Add(i, other._counts[i] * calls / other.Count);
    }

    /// <summary>Milliseconds that a share of the times stays within; null when there are none.</summary>
    public double? Quantile(double share)
    {
        if (Count <= 0)
            return null;
        var below = 0.0;
        for (var i = 0; i < Buckets; i++)
        {
            below += _counts[i];
            // The middle of the bucket, as it is wide in proportion.
            if (below >= share * Count)
                return Smallest * Math.Pow(Ratio, i - 0.5);
        }
        return Smallest * Math.Pow(Ratio, Buckets - 1);
    }

    private void Add(int bucket, double count)
    {
        _counts[bucket] += count;
        Count += count;
    }
}
