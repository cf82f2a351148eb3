using Weir.Core.Metering;

namespace Weir.Stores.Sqlite.Ledger;

/// <summary>
/// Reads a ledger file, also one that another process writes. One query at a time, off the caller's thread; a cancelled
/// query is interrupted. Sees what is committed.
/// </summary>
public sealed class SqliteLedgerReader : ILedgerReader, IDisposable
{
    private const int PageSize = 500;
    private readonly SqliteDatabase _database;
    private readonly TermReader _terms;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private SqliteLedgerReader(SqliteDatabase database)
    {
        _database = database;
        _terms = new TermReader(database);
    }

    /// <summary>Opens a file that has the current schema.</summary>
    public static SqliteLedgerReader Open(string path) => new(SqliteDatabase.Open(path));

    /// <summary>Nothing to wait for: this reader has no writer.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<UsageRow>> SumAsync(UsageQuery query, CancellationToken cancellationToken) =>
        UseAsync(() => new UsageSums(_database, _terms, query).Read(), cancellationToken);

    /// <remarks>
    /// In the order in which calls finished, so that a long call that ends after a later short one is not missed by
    /// whoever follows with <see cref="RequestQuery.AfterId"/>.
    /// </remarks>
    public Task<IReadOnlyList<RequestRecord>> ListAsync(RequestQuery query, CancellationToken cancellationToken) =>
        UseAsync<IReadOnlyList<RequestRecord>>(() => List(query), cancellationToken);

    public Task<(RequestRecord Request, IReadOnlyList<LedgerEntry> Attempts)?> FindAsync(string requestId, CancellationToken cancellationToken) =>
        UseAsync(() => Find(requestId), cancellationToken);

    public async IAsyncEnumerable<RequestRecord> ReadAsync(DateTimeOffset since, DateTimeOffset until,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (start, seq) = (UnixMicros.From(since), 0L);
        while (true)
        {
            var page = await UseAsync(() => Page(start, seq, UnixMicros.From(until)), cancellationToken).ConfigureAwait(false);
            foreach (var (_, call) in page)
                yield return call;
            if (page.Count < PageSize)
                yield break;
            (seq, start) = (page[^1].Seq, UnixMicros.From(page[^1].Call.StartedAt));
        }
    }

    public void Dispose()
    {
        _terms.Dispose();
        _database.Dispose();
        _turn.Dispose();
    }

    private List<RequestRecord> List(RequestQuery query)
    {
        using var select = _database.Prepare($"""
            SELECT {LedgerRows.Request} FROM requests
            WHERE (?1 IS NULL OR seq > coalesce(
                (SELECT seq FROM requests WHERE id = ?1), (SELECT seq FROM requests WHERE id < ?1 ORDER BY id DESC LIMIT 1), 0))
            AND (?2 IS NULL OR tenant = (SELECT id FROM terms WHERE text = ?2))
            AND (?3 IS NULL OR key = (SELECT id FROM terms WHERE text = ?3))
            AND (?4 IS NULL OR model = (SELECT id FROM terms WHERE text = ?4))
            AND (?5 = 0 OR outcome IS NOT (SELECT id FROM terms WHERE text = 'ok'))
            ORDER BY seq {(query.AfterId is null ? "DESC" : "ASC")} LIMIT ?6
            """);
        select.Bind(1, query.AfterId).Bind(2, query.Tenant).Bind(3, query.KeyId)
            .Bind(4, query.Model is null ? null : TermTable.Cut(query.Model)).Bind(5, query.FailedOnly ? 1 : 0).Bind(6, Math.Max(0, query.Limit));
        var found = new List<RequestRecord>();
        while (select.Step())
            found.Add(LedgerRows.ReadRequest(select, _terms));
        return found;
    }

    /// <summary>Calls after the one with this start and number, by start; the index on starts is also in order of numbers.</summary>
    private List<(long Seq, RequestRecord Call)> Page(long start, long seq, long until)
    {
        using var select = _database.Prepare($"SELECT {LedgerRows.Request}, seq FROM requests WHERE (started, seq) > (?1, ?2) AND started < ?3 ORDER BY started, seq LIMIT {PageSize}");
        select.Bind(1, start).Bind(2, seq).Bind(3, until);
        var found = new List<(long, RequestRecord)>();
        while (select.Step())
            found.Add((select.Long(LedgerRows.RequestCount), LedgerRows.ReadRequest(select, _terms)));
        return found;
    }

    private (RequestRecord, IReadOnlyList<LedgerEntry>)? Find(string requestId)
    {
        using var call = _database.Prepare($"SELECT {LedgerRows.Request} FROM requests WHERE id = ?");
        if (!call.Bind(1, requestId).Step())
            return null;
        var request = LedgerRows.ReadRequest(call, _terms);

        var attempts = new SortedDictionary<int, LedgerEntry>();
        using var settled = _database.Prepare($"SELECT {LedgerRows.Entry}, {LedgerRows.Settlement} FROM ledger WHERE request = ?");
        settled.Bind(1, requestId);
        while (settled.Step())
        {
            var entry = LedgerRows.ReadEntry(settled, _terms) with { Settlement = LedgerRows.ReadSettlement(settled, _terms) };
            attempts.Add(entry.Attempt, entry);
        }
        using var open = _database.Prepare($"SELECT {LedgerRows.Entry} FROM intents WHERE request = ?");
        open.Bind(1, requestId);
        while (open.Step())
        {
            var entry = LedgerRows.ReadEntry(open, _terms);
            attempts.TryAdd(entry.Attempt, entry);
        }
        return (request, [.. attempts.Values]);
    }

    private async Task<T> UseAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await using var registration = cancellationToken.Register(_database.Interrupt);
            return await Task.Run(work, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
