using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Weir.Stores.Sqlite.Ledger;

/// <summary>
/// The ledger's queue and the one background task that empties it: in batches, each one transaction (group commit), retrying
/// for as long as the disk refuses. A full queue makes those wait who use <see cref="QueueAsync"/>.
/// </summary>
internal sealed class LedgerPump
{
    private readonly Channel<QueuedRecord> _queue;
    private readonly LedgerWriter _writer;
    private readonly LedgerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Task _running;

    private volatile TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _lastError;
    private volatile bool _closing;
    private int _depth;
    private int _flushing;
    private long _oldest;
    private long _written;
    private long _rejected;

    /// <summary>Starts the task. Nobody else uses <paramref name="writer"/> until <see cref="CloseAsync"/> is over.</summary>
    public LedgerPump(LedgerWriter writer, LedgerOptions options, TimeProvider time, ILogger log)
    {
        (_writer, _options, _time, _log) = (writer, options, time, log);
        _queue = Channel.CreateBounded<QueuedRecord>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        _running = Task.Run(RunAsync);
    }

    /// <summary>How it stands.</summary>
    /// <param name="abandoned">Attempts that a dead process left, settled at the start.</param>
    /// <param name="skipped">Intents left out.</param>
    public LedgerHealth Health(long abandoned, long skipped)
    {
        int depth = Volatile.Read(ref _depth);
        long oldest = Volatile.Read(ref _oldest);
        var age = depth == 0 || oldest == 0 ? TimeSpan.Zero : _time.GetElapsedTime(oldest);
        return new(depth, _options.QueueCapacity, age, _lastError, Volatile.Read(ref _written), abandoned, Volatile.Read(ref _rejected), skipped);
    }

    /// <summary>Queues a record; false = the queue is full.</summary>
    public bool TryQueue(object record)
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

    /// <summary>Queues a record, waiting for room.</summary>
    public ValueTask QueueAsync(object record) => TryQueue(record) ? default : WaitForRoomAsync(record);

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

    /// <summary>Completes when everything queued before is on disk.</summary>
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

    /// <summary>Writes what is queued, then ends.</summary>
    public async Task CloseAsync()
    {
        _closing = true;
        _queue.Writer.TryComplete();
        _wake.TrySetResult();
        await _running.ConfigureAwait(false);
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
