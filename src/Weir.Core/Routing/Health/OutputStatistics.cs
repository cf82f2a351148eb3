namespace Weir.Core.Routing.Health;

/// <summary>How long a target's answers are, from settled calls, by size of the prompt. Thread safe.</summary>
public sealed class OutputStatistics
{
    // Lengths follow the work that calls do, which changes over hours, not seconds.
    private static readonly TimeSpan HalfLife = TimeSpan.FromHours(1);
    private readonly PeakEwma[] _bySize = [.. Enumerable.Range(0, SizeClasses.Count).Select(_ => new PeakEwma(HalfLife))];
    private readonly PeakEwma _all = new(HalfLife);

    /// <summary>
    /// Tokens the next answer will have on average, reasoning included: by prompts of the size class, by all prompts while
    /// the class has none; never above the client's cap. Null before the first settled call.
    /// </summary>
    public double? Predict(SizeClass size, long? maxOutputTokens)
    {
        var mean = _bySize[(int)size].Mean ?? _all.Mean;
        return mean is { } tokens && maxOutputTokens is { } cap ? Math.Min(tokens, cap) : mean;
    }

    /// <summary>Takes the length of one whole answer.</summary>
    public void Observe(SizeClass size, long outputTokens, DateTimeOffset now)
    {
        if (outputTokens <= 0)
            return;
        _bySize[(int)size].Observe(outputTokens, now);
        _all.Observe(outputTokens, now);
    }
}
