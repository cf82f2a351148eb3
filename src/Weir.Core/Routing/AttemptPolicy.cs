namespace Weir.Core.Routing;

/// <summary>How a route's calls are tried. Null = the standard of the installation.</summary>
public sealed record AttemptPolicy
{
    /// <summary>Attempts at most, over all targets, retries and hedges included.</summary>
    public int? Max { get; init; }

    /// <summary>From the call's arrival to the commit point; after it nothing new is tried.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Further tries of one target before the next.</summary>
    public int? Retries { get; init; }

    /// <summary>A target that shows no content for this long is left for the next.</summary>
    public TimeSpan? FirstContentWithin { get; init; }

    /// <summary>After this long without content the next target is tried beside the first; null = never.</summary>
    public TimeSpan? HedgeAfter { get; init; }

    /// <summary>A cut answer may be continued by another target where that is provably safe.</summary>
    public bool Continue { get; init; }
}
