namespace Weir.Tests.Admin;

/// <summary>Tells a fixed time of day; timers run on the real clock.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
