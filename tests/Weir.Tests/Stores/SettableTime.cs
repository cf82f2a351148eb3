namespace Weir.Tests.Stores;

/// <summary>A wall clock that stands still until it is set; timers run in real time.</summary>
public sealed class SettableTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
