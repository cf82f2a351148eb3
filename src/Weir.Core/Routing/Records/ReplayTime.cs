namespace Weir.Core.Routing.Records;

/// <summary>The time of the call that is being decided again.</summary>
internal sealed class ReplayTime : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
}
