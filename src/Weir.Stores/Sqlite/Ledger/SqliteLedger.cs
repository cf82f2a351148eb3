using Microsoft.Extensions.Logging;
using Weir.Core.Metering;

namespace Weir.Stores.Sqlite.Ledger;

/// <summary>
/// The ledger in a SQLite file. Callers put records in the bounded queue of <see cref="LedgerPump"/>, which writes them in
/// batches. A full queue makes settling wait and never drops a settlement.
/// Durability: a record is on disk at most <see cref="LedgerOptions.Interval"/> plus one write after it was queued, and then
/// survives the death of the process. Attempts found open at start were left by a process that died: they are settled
/// as abandoned, once.
/// </summary>
public sealed class SqliteLedger : ILedger, ILedgerReader, IAsyncDisposable
{
    private readonly FileStream _lock;
    private readonly SqliteDatabase _database;
    private readonly LedgerWriter _writer;
    private readonly SqliteLedgerReader _reader;
    private readonly LedgerPump _pump;
    private readonly long _abandoned;
    private long _skipped;

    private SqliteLedger(string path, LedgerOptions options, TimeProvider time, ILogger<SqliteLedger> log, FileStream fileLock, SqliteDatabase database)
    {
        (_lock, _database) = (fileLock, database);
        _writer = new LedgerWriter(database);
        _abandoned = _writer.SettleAbandoned();
        if (_abandoned > 0)
            LedgerLog.Abandoned(log, _abandoned);
        _reader = SqliteLedgerReader.Open(path);
        _pump = new LedgerPump(_writer, options, time, log);
    }

    /// <summary>Opens (or makes) the file, brings it to the current schema, settles what a dead process left, starts the writer.</summary>
    /// <exception cref="StoreException">Another process writes this ledger, or a newer program has.</exception>
    public static SqliteLedger Open(string path, LedgerOptions options, TimeProvider time, ILogger<SqliteLedger> log)
    {
        var fileLock = LedgerLock.Take(path);
        SqliteDatabase? database = null;
        try
        {
            database = SqliteDatabase.Open(path);
            Migrator.Migrate(database, time);
            return new SqliteLedger(path, options, time, log, fileLock, database);
        }
        catch
        {
            database?.Dispose();
            fileLock.Dispose();
            throw;
        }
    }

    public LedgerHealth Health => _pump.Health(_abandoned, Volatile.Read(ref _skipped));

    /// <remarks>With a full queue the intent is left out and counted: it would not reach the disk before a crash either way.</remarks>
    public void Open(LedgerEntry entry)
    {
        if (entry.Settlement is not null)
            throw new ArgumentException("An intent has no settlement yet.", nameof(entry));
        if (!_pump.TryQueue(entry))
            Interlocked.Increment(ref _skipped);
    }

    public ValueTask SettleAsync(LedgerEntry entry)
    {
        var settlement = entry.Settlement ?? throw new ArgumentException("The entry has no settlement.", nameof(entry));
        var believable = UsageColumns.Believable(settlement);
        return _pump.QueueAsync(ReferenceEquals(believable, settlement) ? entry : entry with { Settlement = believable });
    }

    public ValueTask RecordAsync(RequestRecord request) => _pump.QueueAsync(request);

    public Task FlushAsync(CancellationToken cancellationToken) => _pump.FlushAsync(cancellationToken);

    public async Task<IReadOnlyList<UsageRow>> SumAsync(UsageQuery query, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.SumAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<RequestRecord>> ListAsync(RequestQuery query, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.ListAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async Task<(RequestRecord Request, IReadOnlyList<LedgerEntry> Attempts)?> FindAsync(string requestId, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.FindAsync(requestId, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<RequestRecord> ReadAsync(DateTimeOffset since, DateTimeOffset until,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var call in _reader.ReadAsync(since, until, cancellationToken).ConfigureAwait(false))
            yield return call;
    }

    /// <summary>Writes what is queued, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _pump.CloseAsync().ConfigureAwait(false);
        _reader.Dispose();
        _writer.Dispose();
        _database.Dispose();
        await _lock.DisposeAsync().ConfigureAwait(false);
    }
}
