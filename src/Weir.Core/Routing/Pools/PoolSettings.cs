namespace Weir.Core.Routing.Pools;

/// <summary>Several servers of one's own behind one provider, compiled. Immutable; part of a snapshot.</summary>
public sealed record PoolSettings
{
    /// <summary>Base URLs, all with the same path; empty when <see cref="Dns"/> names them.</summary>
    public IReadOnlyList<Uri> Endpoints { get; init; } = [];

    /// <summary>A name whose addresses are the endpoints, or null.</summary>
    public PoolDns? Dns { get; init; }

    /// <summary>What the servers tell about their load, or null: only the gateway's own count is known.</summary>
    public PoolMetrics? Metrics { get; init; }

    /// <summary>Prompts go where their beginning was before, so that its KV cache is used.</summary>
    public bool PrefixAffinity { get; init; } = true;

    /// <summary>Requests waiting at every endpoint from which calls of low priority are refused; those of normal priority at twice as many.</summary>
    public int QueueLimit { get; init; } = 64;

    public PriorityRules Priorities { get; init; } = PriorityRules.None;
}

/// <summary>A DNS name behind which every address is an endpoint (a headless service).</summary>
/// <param name="Name">Looked up for A and AAAA records.</param>
/// <param name="Port">Port of every endpoint.</param>
/// <param name="Path">Path of their base URLs, with a slash at its start.</param>
/// <param name="Refresh">Time between look-ups.</param>
public sealed record PoolDns(string Name, int Port, string Path, TimeSpan Refresh);

/// <summary>Where an endpoint tells its load.</summary>
/// <param name="Engine">Whose words it uses.</param>
/// <param name="Path">Path from the server's root.</param>
/// <param name="Port">Port, or null for that of the endpoint.</param>
/// <param name="Interval">Time between two looks.</param>
public sealed record PoolMetrics(EngineKind Engine, string Path, int? Port, TimeSpan Interval);
