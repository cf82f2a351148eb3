namespace Weir.Core.Routing;

/// <summary>How the targets of one model are put in order.</summary>
public enum TargetOrder
{
    /// <summary>As written.</summary>
    Written,

    /// <summary>By chance, in proportion to <see cref="Target.Weight"/>.</summary>
    Weighted,

    /// <summary>The cheapest for this call first.</summary>
    Cost,

    /// <summary>The one that will answer soonest first.</summary>
    Latency,

    /// <summary>The best for this kind of task first.</summary>
    Quality,

    /// <summary>Cost, latency and quality together.</summary>
    Balanced,
}
