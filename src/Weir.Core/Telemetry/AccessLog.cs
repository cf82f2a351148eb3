using System.Buffers;
using System.Threading.Channels;
using Weir.Core.Metering;

namespace Weir.Core.Telemetry;

/// <summary>
/// One line per finished call, written by a background task. <see cref="Write"/> never blocks and never allocates: it
/// queues the record the ledger gets anyway. When the output is too slow lines are dropped and counted, calls are not.
/// </summary>
public sealed class AccessLog : IAsyncDisposable
{
    /// <summary>Calls that may wait for a slow output.</summary>
    public const int DefaultCapacity = 8192;

    // One write per batch; a batch this large is written out even when more calls wait.
    private const int BatchLines = 128;
    private const int BatchBytes = 64 * 1024;

    /// <summary>After a write, how long lines gather: under load a write per call would cost more than the line.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<RequestRecord> _queue;
    private readonly Stream _output;
    private readonly AccessLogFormat _format;
    private readonly Task _writer;
    private long _dropped;

    public AccessLog(Stream output, AccessLogFormat format, int capacity = DefaultCapacity)
    {
        _output = output;
        _format = format;
        _queue = Channel.CreateBounded<RequestRecord>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _writer = format == AccessLogFormat.Off ? Task.CompletedTask : Task.Run(WriteAllAsync);
    }

    /// <summary>Lines lost since the start.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public void Write(RequestRecord call)
    {
        if (_format != AccessLogFormat.Off && !_queue.Writer.TryWrite(call))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>Writes what is queued, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        if (!_stopping.IsCancellationRequested)
            await _stopping.CancelAsync();
        await _writer;
        _stopping.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var lines = new AccessLogLine(buffer);
        while (await _queue.Reader.WaitToReadAsync())
        {
            var count = 0;
            while (buffer.WrittenCount < BatchBytes && _queue.Reader.TryRead(out var call))
            {
                lines.Write(call, _format);
                count++;
            }
            try
            {
                await _output.WriteAsync(buffer.WrittenMemory);
                await _output.FlushAsync();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // Standard output went away (closed pipe): the gateway goes on, the lines are counted as lost.
                Interlocked.Add(ref _dropped, count);
            }
            buffer.ResetWrittenCount();
            if (_queue.Reader.Count < BatchLines)
                await Task.Delay(Gathering, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
