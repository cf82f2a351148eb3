using Weir.Core.Metering;

namespace Weir.Core.Routing.Health;

/// <summary>
/// What scorers may know of a target: how fast, how busy, how much from cache, how long its answers are. Every value is
/// null or 0 until calls taught it; a scorer has to say what it makes of that. Thread safe.
/// </summary>
public sealed class TargetStatistics
{
    private readonly LatencyStatistics[] _latency = [.. Enumerable.Range(0, SizeClasses.Count).Select(_ => new LatencyStatistics())];
    private int _inFlight;

    /// <summary>Attempts that are at the target now, from this process.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>How much of prompts comes from the provider's cache.</summary>
    public CacheStatistics Cache { get; } = new();

    /// <summary>How long answers are.</summary>
    public OutputStatistics Output { get; } = new();

    /// <summary>How fast it answers prompts of this size.</summary>
    public LatencyStatistics Latency(SizeClass size) => _latency[(int)size];

    internal void Entered() => Interlocked.Increment(ref _inFlight);

    /// <summary>Takes an attempt that ended. Only whole answers teach; how fast errors come says nothing of answers. The time to first token was told by <see cref="FirstContentWait"/>.</summary>
    internal void Left(in AttemptReport report)
    {
        Interlocked.Decrement(ref _inFlight);
        if (report.Outcome != AttemptOutcome.Ok)
            return;
        var size = SizeClasses.Of(report.InputTokens);
        var latency = Latency(size);
        latency.Whole.Observe(report.Duration.TotalSeconds, report.EndedAt);
        if (report is { TimeToFirstToken: { } first, Streamed: true, OutputTokens: > 1 })
            latency.TimePerToken.Observe(Math.Max(0, (report.Duration - first).TotalSeconds) / (report.OutputTokens - 1), report.EndedAt);
        Cache.Observe(report.InputTokens, report.CacheReadTokens, report.EndedAt);
        Output.Observe(size, report.OutputTokens, report.EndedAt);
    }
}
