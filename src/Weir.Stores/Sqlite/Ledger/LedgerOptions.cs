namespace Weir.Stores.Sqlite.Ledger;

/// <summary>Sizes of the journal in front of the ledger.</summary>
public sealed record LedgerOptions
{
    /// <summary>Records that may wait for the disk; beyond it, settling waits.</summary>
    public int QueueCapacity { get; init; } = 65_536;

    /// <summary>Records written in one transaction at most.</summary>
    public int BatchRows { get; init; } = 2_000;

    /// <summary>How long a record waits for company. What is younger is lost when the process is killed.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>First pause after a failed write; doubles up to <see cref="MaxRetry"/>.</summary>
    public TimeSpan MinRetry { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan MaxRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Failed writes in a row after which shutdown gives up.</summary>
    public int ShutdownTries { get; init; } = 5;
}
