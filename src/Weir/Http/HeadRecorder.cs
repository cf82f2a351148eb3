using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Tasks.Sources;

namespace Weir.Http;

/// <summary>
/// Keeps the raw bytes of each HTTP/1 request head as the web server consumes them, because what is wrong with a head
/// (<c>Content-Length: +1</c>) cannot be seen any more once it is parsed. Recording stops when the request's handler
/// starts and begins anew when it has ended with its body read; a connection whose request body was left unread takes no
/// further request. One copy of about a kilobyte per request, no allocation once its buffer has grown.
/// </summary>
internal sealed class HeadRecorder : PipeReader, IValueTaskSource<ReadResult>
{
    private const int FirstSize = 1024;

    /// <summary>A larger buffer is given up after the request that needed it.</summary>
    private const int KeptSize = 16 * 1024;

    private readonly PipeReader _inner;
    private readonly Action _look;
    private ManualResetValueTaskSourceCore<ReadResult> _looked;
    private ValueTask<ReadResult> _pending;
    private byte[] _head = [];
    private int _length;
    private ReadOnlySequence<byte> _window;
    private bool _recording = true;
    private bool _hasWindow;

    public HeadRecorder(PipeReader inner)
    {
        _inner = inner;
        _look = LookAtPending;
    }

    /// <summary>What was consumed since the last <see cref="Restart"/>: the head, once the handler runs.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _length);

    /// <summary>The handler starts: what is consumed from now on is body.</summary>
    public void Stop()
    {
        _recording = _hasWindow = false;
        _window = default;
    }

    /// <summary>The handler is done: what is consumed next is the next head.</summary>
    public void Restart()
    {
        _length = 0;
        if (_head.Length > KeptSize)
            _head = [];
        _recording = true;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var pending = _inner.ReadAsync(cancellationToken);
        if (!_recording)
            return pending;
        if (pending.IsCompletedSuccessfully)
            return new ValueTask<ReadResult>(Look(pending.Result));
        // A connection has one read under way at most and waits here between requests: nothing is allocated for it.
        _pending = pending;
        _looked.Reset();
        pending.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_look);
        return new ValueTask<ReadResult>(this, _looked.Version);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!_inner.TryRead(out result))
            return false;
        Look(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_hasWindow)
            Keep(_window.Slice(_window.Start, consumed));
        _hasWindow = false;
        _window = default;
        _inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => _inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => _inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => _inner.CompleteAsync(exception);

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => _looked.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _looked.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _looked.OnCompleted(continuation, state, token, flags);

    private void LookAtPending()
    {
        ReadResult result;
        try
        {
            result = Look(_pending.GetAwaiter().GetResult());
        }
        catch (Exception fault)
        {
            _looked.SetException(fault);
            return;
        }
        _looked.SetResult(result);
    }

    private ReadResult Look(in ReadResult result)
    {
        _hasWindow = _recording;
        _window = _recording ? result.Buffer : default;
        return result;
    }

    private void Keep(in ReadOnlySequence<byte> taken)
    {
        // The server's own limits bound a head; they are checked before it is consumed.
        var needed = _length + checked((int)taken.Length);
        if (needed > _head.Length)
            Array.Resize(ref _head, Math.Max(needed, Math.Max(_head.Length * 2, FirstSize)));
        if (taken.IsSingleSegment)
            taken.FirstSpan.CopyTo(_head.AsSpan(_length));
        else
            taken.CopyTo(_head.AsSpan(_length));
        _length = needed;
    }
}
