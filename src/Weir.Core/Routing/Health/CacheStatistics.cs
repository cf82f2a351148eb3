namespace Weir.Core.Routing.Health;

/// <summary>How much of the prompts a target's provider reads from its prompt cache. Thread safe.</summary>
public sealed class CacheStatistics
{
    private static readonly TimeSpan HalfLife = TimeSpan.FromMinutes(10);
    private readonly PeakEwma _read = new(HalfLife);
    private readonly PeakEwma _prompt = new(HalfLife);

    /// <summary>Share of prompt tokens that were read from the cache, 0 to 1, recent calls counting more; null before the first answer with usage.</summary>
    public double? HitRate => _prompt.Mean is { } prompt and > 0 && _read.Mean is { } read ? Math.Clamp(read / prompt, 0, 1) : null;

    /// <summary>Takes the usage of one answer.</summary>
    public void Observe(long inputTokens, long cacheReadTokens, DateTimeOffset now)
    {
        if (inputTokens <= 0)
            return;
        _read.Observe(cacheReadTokens, now);
        _prompt.Observe(inputTokens, now);
    }
}
