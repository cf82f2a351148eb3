namespace Weir.Core.Metering;

/// <summary>
/// One attempt that may have cost something. Opened (intent) before the attempt leaves, settled exactly once whatever
/// happens. <see cref="Id"/> is request id + attempt number, so settling is idempotent across replicas.
/// </summary>
public sealed record LedgerEntry
{
    /// <summary><c>{RequestId}.{Attempt}</c>.</summary>
    public required string Id { get; init; }

    public required string RequestId { get; init; }

    /// <summary>1 for the first attempt of a call.</summary>
    public required int Attempt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public required string Tenant { get; init; }
    public string? Team { get; init; }
    public required string KeyId { get; init; }

    /// <summary>The model the client asked for.</summary>
    public required string Model { get; init; }

    public required string Provider { get; init; }
    public required string UpstreamModel { get; init; }
    public required string Operation { get; init; }

    /// <summary>Null while the attempt is under way.</summary>
    public LedgerSettlement? Settlement { get; init; }
}
