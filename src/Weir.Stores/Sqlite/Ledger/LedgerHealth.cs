namespace Weir.Stores.Sqlite.Ledger;

/// <summary>State of the journal, for readiness and metrics.</summary>
/// <param name="Depth">Records not yet on disk.</param>
/// <param name="Capacity">Depth at which settling waits.</param>
/// <param name="OldestAge">Age of the oldest record not yet on disk; zero when there is none.</param>
/// <param name="LastError">Why the last write failed; null when it succeeded.</param>
/// <param name="Written">Records committed since start.</param>
/// <param name="Abandoned">Attempts of a dead process settled at start.</param>
/// <param name="Rejected">Records the database will never take; always 0 unless something is broken.</param>
/// <param name="IntentsSkipped">Intents not journalled because the queue was full; their settlements were.</param>
public sealed record LedgerHealth(
    int Depth, int Capacity, TimeSpan OldestAge, string? LastError, long Written, long Abandoned, long Rejected, long IntentsSkipped);
