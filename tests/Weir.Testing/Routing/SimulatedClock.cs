namespace Weir.Testing.Routing;

/// <summary>A clock that a simulation moves.</summary>
public sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Moves on; never back.</summary>
    public void MoveTo(DateTimeOffset now) => _now = now > _now ? now : _now;
}
