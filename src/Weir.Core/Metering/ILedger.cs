namespace Weir.Core.Metering;

/// <summary>
/// Write side. Neither method waits for a disk: entries are journalled by a background writer that batches; when its
/// bounded queue is full, <see cref="SettleAsync"/> waits (never drops), off the request's critical path.
/// </summary>
public interface ILedger
{
    /// <summary>Records the intent before an attempt leaves.</summary>
    void Open(LedgerEntry entry);

    /// <summary>Records the end of an attempt; idempotent by entry id.</summary>
    ValueTask SettleAsync(LedgerEntry entry);

    /// <summary>Records the finished call.</summary>
    ValueTask RecordAsync(RequestRecord request);
}
