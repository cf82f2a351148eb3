using Weir.Core.Routing.Health;

namespace Weir.Core.Routing.Pools;

/// <summary>One attempt's stay at an endpoint. Counts there from its making until <see cref="Return"/>.</summary>
public sealed class EndpointLease
{
    private int _state;

    internal EndpointLease(PoolEndpoint endpoint, EndpointScore score, double blocks, bool streamed, DateTimeOffset startedAt) =>
        (Endpoint, Score, Blocks, Streamed, StartedAt) = (endpoint, score, blocks, streamed, startedAt);

    public PoolEndpoint Endpoint { get; }

    /// <summary>What it was chosen by.</summary>
    public EndpointScore Score { get; }

    /// <summary>Blocks of its prompt that the endpoint has to compute.</summary>
    internal double Blocks { get; }

    internal bool Streamed { get; }

    internal DateTimeOffset StartedAt { get; }

    /// <summary>Its prompt is not done with, as far as anybody can see from here.</summary>
    internal bool IsPending => Volatile.Read(ref _state) == 0;

    /// <summary>The first content arrived: its prompt is done with.</summary>
    public void FirstContent() => Interlocked.CompareExchange(ref _state, 1, 0);

    /// <summary>The attempt has ended.</summary>
    public void Return(in AttemptReport report)
    {
        if (Interlocked.Exchange(ref _state, 2) == 2)
            return;
        Endpoint.Leave(this, report);
    }
}
