namespace Weir.Core.Routing.Health;

/// <summary>When a breaker opens and for how long. Immutable. The defaults fit targets of one call a minute and of a thousand a second.</summary>
public sealed record BreakerPolicy
{
    public static BreakerPolicy Default { get; } = new();

    /// <summary>A policy that never opens: only what a provider itself asks for counts.</summary>
    public static BreakerPolicy Never { get; } = new() { ConsecutiveFailures = int.MaxValue, MinimumCalls = int.MaxValue };

    /// <summary>So many failures in a row open it.</summary>
    public int ConsecutiveFailures { get; init; } = 5;

    /// <summary>Over how much time the error ratio is taken.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Share of failed calls in the window that opens it, 0 to 1.</summary>
    public double ErrorRatio { get; init; } = 0.5;

    /// <summary>Below so many calls in the window the ratio says nothing.</summary>
    public int MinimumCalls { get; init; } = 20;

    /// <summary>How long it stays open at first; doubles with every trial that fails.</summary>
    public TimeSpan OpenFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest it stays open before a next trial.</summary>
    public TimeSpan LongestOpen { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Share by which the open time varies either way, so that replicas do not try in step.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>A trial call of which nothing is heard for so long makes room for another one.</summary>
    public TimeSpan TrialPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest rest a provider's own headers can ask for.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A time to first token of at least this, and <see cref="OutlierFactor"/> times the usual, counts as a failure in the ratio.</summary>
    public TimeSpan OutlierFloor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many times slower than usual an outlier is.</summary>
    public double OutlierFactor { get; init; } = 8;

    /// <summary>So many calls of a size must be known before one can be an outlier.</summary>
    public int OutlierMinimumCalls { get; init; } = 20;
}
