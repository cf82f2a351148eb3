namespace Weir.Core.Routing.Health;

/// <summary>
/// An exponentially weighted mean of a quantity over time, and its peak: a value above the peak raises it at once, and the
/// peak sinks back to the mean with the same time constant. So a target that gets slow is left quickly and comes back
/// slowly (the load metric of Finagle's peak-EWMA balancer, but sinking to the mean instead of to zero, because model
/// latencies have a floor). Thread safe.
/// </summary>
/// <param name="halfLife">After so long without observations, half of what is known has faded.</param>
public sealed class PeakEwma(TimeSpan halfLife)
{
    private readonly Lock _gate = new();
    private double _weighted;
    private double _weight;
    private double _excess;
    private DateTimeOffset _at;
    private long _count;

    /// <summary>Observations so far.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>The mean, newer observations counting more; null before the first one.</summary>
    public double? Mean
    {
        get
        {
            lock (_gate)
                return _count == 0 ? null : _weighted / _weight;
        }
    }

    /// <summary>The mean and what is left at <paramref name="now"/> of the peak above it; null before the first observation.</summary>
    public double? PeakAt(DateTimeOffset now)
    {
        lock (_gate)
            return _count == 0 ? null : (_weighted / _weight) + (_excess * Fade(now));
    }

    /// <summary>
    /// How much recent observation stands behind the values at <paramref name="now"/>, as a number of fresh observations:
    /// it fades with time, so a target nobody asked for long has little. What exploration goes by.
    /// </summary>
    public double ConfidenceAt(DateTimeOffset now)
    {
        lock (_gate)
            return _weight * Fade(now);
    }

    /// <summary>Takes one observation.</summary>
    public void Observe(double value, DateTimeOffset now)
    {
        lock (_gate)
        {
            var fade = _count == 0 ? 0 : Fade(now);
            var peak = _count == 0 ? value : (_weighted / _weight) + (_excess * fade);
            _weighted = (_weighted * fade) + value;
            _weight = (_weight * fade) + 1;
            _excess = Math.Max(0, Math.Max(peak, value) - (_weighted / _weight));
            // A clock that went back fades nothing.
            if (now > _at)
                _at = now;
            _count++;
        }
    }

    private double Fade(DateTimeOffset now) => now <= _at ? 1 : Math.Pow(2, -((now - _at) / halfLife));
}
