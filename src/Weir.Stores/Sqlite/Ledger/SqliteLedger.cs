using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Weir.Core.Metering;

namespace Weir.Stores.Sqlite.Ledger;

/// <summary>
/// The ledger in a SQLite file. Callers put records in a bounded queue; one background writer takes them in batches and
/// commits each batch in one transaction (group commit), retrying for as long as the disk refuses. A full queue makes
/// settling wait and never drops a settlement.
/// Durability: a record is on disk at most <see cref="LedgerOptions.Interval"/> plus one write after it was queued, and then
/// survives the death of the process. Attempts found open at start were left by a process that died: they are settled
/// as abandoned, once.
/// </summary>
public sealed class SqliteLedger : ILedger, ILedgerReader, IAsyncDisposable
{
    private readonly Channel<QueuedRecord> _queue;
    private readonly LedgerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SqliteLedger> _log;
    private readonly FileStream _lock;
    private readonly SqliteDatabase _database;
    private readonly LedgerWriter _writer;
    private readonly SqliteLedgerReader _reader;
    private readonly Task _running;

    private volatile TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _lastError;
    private volatile bool _closing;
    private int _depth;
    private int _flushing;
    private long _oldest;
    private long _written;
    private long _rejected;
    private long _skipped;
    private readonly long _abandoned;

    private SqliteLedger(string path, LedgerOptions options, TimeProvider time, ILogger<SqliteLedger> log, FileStream fileLock, SqliteDatabase database)
    {
        (_options, _time, _log, _lock, _database) = (options, time, log, fileLock, database);
        _writer = new LedgerWriter(database);
        _abandoned = _writer.SettleAbandoned();
        if (_abandoned > 0)
            LedgerLog.Abandoned(log, _abandoned);
        _reader = SqliteLedgerReader.Open(path);
        _queue = Channel.CreateBounded<QueuedRecord>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        _running = Task.Run(RunAsync);
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

    public LedgerHealth Health
    {
        get
        {
            int depth = Volatile.Read(ref _depth);
            long oldest = Volatile.Read(ref _oldest);
            var age = depth == 0 || oldest == 0 ? TimeSpan.Zero : _time.GetElapsedTime(oldest);
            return new(depth, _options.QueueCapacity, age, _lastError, Volatile.Read(ref _written), _abandoned,
                Volatile.Read(ref _rejected), Volatile.Read(ref _skipped));
        }
    }

    /// <remarks>With a full queue the intent is left out and counted: it would not reach the disk before a crash either way.</remarks>
    public void Open(LedgerEntry entry)
    {
        if (entry.Settlement is not null)
            throw new ArgumentException("An intent has no settlement yet.", nameof(entry));
        if (!TryQueue(entry))
            Interlocked.Increment(ref _skipped);
    }

    public ValueTask SettleAsync(LedgerEntry entry)
    {
        var settlement = entry.Settlement ?? throw new ArgumentException("The entry has no settlement.", nameof(entry));
        var believable = UsageColumns.Believable(settlement);
        return QueueAsync(ReferenceEquals(believable, settlement) ? entry : entry with { Settlement = believable });
    }

    public ValueTask RecordAsync(RequestRecord request) => QueueAsync(request);

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Increment(ref _flushing);
        try
        {
            await QueueAsync(done).ConfigureAwait(false);
            _wake.TrySetResult();
            await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _flushing);
        }
    }

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
        _closing = true;
        _queue.Writer.TryComplete();
        _wake.TrySetResult();
        await _running.ConfigureAwait(false);
        _reader.Dispose();
        _writer.Dispose();
        _database.Dispose();
        await _lock.DisposeAsync().ConfigureAwait(false);
    }

    private bool TryQueue(object record)
    {
        // Counted before it is visible, so that the writer never takes the count below zero.
        int depth = Interlocked.Increment(ref _depth);
        if (!_queue.Writer.TryWrite(new(record, _time.GetTimestamp())))
        {
            Interlocked.Decrement(ref _depth);
            return false;
        }
        if (depth == _options.BatchRows)
            _wake.TrySetResult();
        return true;
    }

    private ValueTask QueueAsync(object record) => TryQueue(record) ? default : WaitForRoomAsync(record);

    private async ValueTask WaitForRoomAsync(object record)
    {
        Interlocked.Increment(ref _depth);
        try
        {
            await _queue.Writer.WriteAsync(new(record, _time.GetTimestamp())).ConfigureAwait(false);
        }
        catch
        {
            Interlocked.Decrement(ref _depth);
            throw;
        }
    }

    private async Task RunAsync()
    {
        var batch = new LedgerBatch();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await GatherAsync().ConfigureAwait(false);
            do
            {
                batch.Clear();
                while (batch.Taken < _options.BatchRows && _queue.Reader.TryRead(out var queued))
                {
                    if (batch.Taken == 0)
                        Volatile.Write(ref _oldest, queued.Timestamp);
                    batch.Add(queued.Record);
                }
                await WriteAsync(batch).ConfigureAwait(false);
            }
            while (batch.Taken == _options.BatchRows);
        }
    }

    /// <summary>Lets records gather until the interval is over, a batch is full, or somebody waits.</summary>
    private async Task GatherAsync()
    {
        if (_queue.Reader.TryPeek(out var first))
            Volatile.Write(ref _oldest, first.Timestamp);
        var wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _wake = wake;
        // Looked at after the wake-up call is in place, so that none is missed.
        if (_closing || Volatile.Read(ref _flushing) > 0 || Volatile.Read(ref _depth) >= _options.BatchRows)
            return;
        using var over = new CancellationTokenSource();
        await Task.WhenAny(wake.Task, Task.Delay(_options.Interval, _time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }

    private async Task WriteAsync(LedgerBatch batch)
    {
        var pause = _options.MinRetry;
        for (int tries = 1; ; tries++)
        {
            try
            {
                int rejected = _writer.Write(batch);
                Interlocked.Add(ref _rejected, rejected);
                Interlocked.Add(ref _written, batch.Taken - batch.Waiters.Count);
                Interlocked.Add(ref _depth, -batch.Taken);
                _lastError = null;
                batch.Waiters.ForEach(w => w.TrySetResult());
                if (rejected > 0)
                    LedgerLog.Rejected(_log, rejected);
                return;
            }
            catch (Exception fault)
            {
                // Whatever it is, ending the loop would lose everything queued: keep it, say so, try again.
                _lastError = fault.Message;
                LedgerLog.WriteFailed(_log, batch.Taken, tries, fault.Message);
                if (_closing && tries >= _options.ShutdownTries)
                {
                    Interlocked.Add(ref _depth, -batch.Taken);
                    LedgerLog.Lost(_log, batch.Taken);
                    batch.Waiters.ForEach(w => w.TrySetException(fault));
                    return;
                }
            }
            await Task.Delay(pause, _time).ConfigureAwait(false);
            pause = pause * 2 < _options.MaxRetry ? pause * 2 : _options.MaxRetry;
        }
    }

    private readonly record struct QueuedRecord(object Record, long Timestamp);
}
