using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Weir.Http;

/// <summary>
/// Keeps the raw bytes of each HTTP/1 request head as the web server consumes them, because what is wrong with a head
/// (<c>Content-Length: +1</c>) cannot be seen any more once it is parsed. Recording stops when the request's handler
/// starts and begins anew when it has ended with its body read; a connection whose request body was left unread takes no
/// further request. One copy of about a kilobyte per request, no allocation once its buffer has grown.
/// </summary>
internal sealed class HeadRecorder(PipeReader inner) : PipeReader
{
    private const int FirstSize = 1024;

    /// <summary>A larger buffer is given up after the request that needed it.</summary>
    private const int KeptSize = 16 * 1024;

    private byte[] _head = [];
    private int _length;
    private ReadOnlySequence<byte> _window;
    private bool _recording = true;
    private bool _hasWindow;

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
        var pending = inner.ReadAsync(cancellationToken);
        if (!_recording)
            return pending;
        return pending.IsCompletedSuccessfully ? new ValueTask<ReadResult>(Look(pending.Result)) : LookAsync(pending);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result))
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
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> LookAsync(ValueTask<ReadResult> pending) => Look(await pending);

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
        taken.CopyTo(_head.AsSpan(_length));
        _length = needed;
    }
}
