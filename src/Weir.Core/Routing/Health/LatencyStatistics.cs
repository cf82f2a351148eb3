namespace Weir.Core.Routing.Health;

/// <summary>
/// How fast a target answers prompts of one <see cref="SizeClass"/>: time to first token and time per output token, kept
/// apart because they are ruled by different things (queue and prompt; batch and model). In seconds.
/// </summary>
public sealed class LatencyStatistics
{
    /// <summary>After so long, half of what was observed has faded.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromSeconds(30);

    /// <summary>Seconds from the attempt's start to its first content. Whole answers give theirs only through <see cref="Whole"/>.</summary>
    public PeakEwma TimeToFirstToken { get; } = new(HalfLife);

    /// <summary>Streamed calls whose first content has not come yet.</summary>
    public WaitingCalls Waiting { get; } = new();

    /// <summary>Seconds per output token after the first one.</summary>
    public PeakEwma TimePerToken { get; } = new(HalfLife);

    /// <summary>Seconds of a whole attempt, streamed or not.</summary>
    public PeakEwma Whole { get; } = new(HalfLife);
}
