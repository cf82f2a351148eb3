namespace Weir.Core.Metering;

/// <summary>Read side for <c>weir usage</c>, <c>requests</c>, <c>explain</c> and the admin API. Sees everything settled before the call.</summary>
public interface ILedgerReader
{
    /// <summary>Waits until everything queued so far is on disk (so that a reader sees its own writes).</summary>
    Task FlushAsync(CancellationToken cancellationToken);

    /// <summary>Sums of ledger entries grouped by up to two dimensions.</summary>
    Task<IReadOnlyList<UsageRow>> SumAsync(UsageQuery query, CancellationToken cancellationToken);

    /// <summary>Newest first, or in order after <see cref="RequestQuery.AfterId"/>.</summary>
    Task<IReadOnlyList<RequestRecord>> ListAsync(RequestQuery query, CancellationToken cancellationToken);

    /// <summary>One call with its attempts, or null.</summary>
    Task<(RequestRecord Request, IReadOnlyList<LedgerEntry> Attempts)?> FindAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>
    /// Calls that started from <paramref name="since"/> on and before <paramref name="until"/>, in the order in which they started.
    /// Read in pages: other readers are served between them, and memory does not depend on how many there are.
    /// </summary>
    IAsyncEnumerable<RequestRecord> ReadAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken);
}
