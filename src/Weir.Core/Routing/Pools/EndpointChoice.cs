namespace Weir.Core.Routing.Pools;

/// <summary>What came of looking for an endpoint: one of the three.</summary>
/// <param name="Lease">The endpoint taken, or null.</param>
/// <param name="Overload">Every endpoint has more waiting than calls of this priority may add to, or null.</param>
public readonly record struct EndpointChoice(EndpointLease? Lease, PoolOverload? Overload)
{
    /// <summary>None is left, or none is known.</summary>
    public static EndpointChoice None => default;
}

/// <summary>A pool too full for calls of a priority.</summary>
/// <param name="Waiting">Requests that wait at the endpoint where the fewest do.</param>
/// <param name="Limit">How many there may be for this priority.</param>
/// <param name="RetryAfter">When there will probably be fewer.</param>
public sealed record PoolOverload(int Waiting, int Limit, TimeSpan RetryAfter);
