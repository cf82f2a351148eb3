namespace Weir.Simulator.Records;

/// <summary>Sums over all calls of one dialect and model since the last reset.</summary>
public sealed record ServedTotals
{
    public required string Dialect { get; init; }

    public required string Model { get; init; }

    public required long Calls { get; init; }

    /// <summary>Calls by <see cref="Completion"/>; absent means zero.</summary>
    public required IReadOnlyDictionary<Completion, long> Endings { get; init; }

    public required ServedUsage Usage { get; init; }
}
