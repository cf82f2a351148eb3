namespace Weir.Core.Routing.Health;

/// <summary>
/// The slow end of what was observed, in seconds. A slower value is taken at once; faster ones pull it down a little each. It
/// fades with observations, not with time: what nobody asked for a night is as slow in the morning as it was. Thread safe.
/// </summary>
public sealed class SlowestSeen
{
    /// <summary>Part of the distance that a faster observation takes off: after seventy of them half is left.</summary>
    private const double Pull = 0.01;

    private readonly Lock _gate = new();
    private double? _seconds;

    /// <summary>Null before the first observation.</summary>
    public double? Seconds
    {
        get
        {
            lock (_gate)
                return _seconds;
        }
    }

    public void Observe(double seconds)
    {
        lock (_gate)
            _seconds = _seconds is { } slowest && seconds < slowest ? slowest - ((slowest - seconds) * Pull) : seconds;
    }
}
