namespace Weir.Core.Routing.Health;

/// <summary>The three states of a breaker; the numbers are those of the metric.</summary>
public enum BreakerState
{
    /// <summary>Calls pass.</summary>
    Closed = 0,

    /// <summary>The open time is over: one trial call at a time passes.</summary>
    HalfOpen = 1,

    /// <summary>No call passes.</summary>
    Open = 2,
}
