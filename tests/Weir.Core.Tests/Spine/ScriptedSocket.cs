using System.Net.WebSockets;
using System.Threading.Tasks.Sources;

namespace Weir.Core.Tests.Spine;

/// <summary>
/// A socket that receives what a test pushes, each receive waiting first as on a real connection, and remembers of what is
/// sent only how much it was and from which memory. Allocates nothing per message itself.
/// </summary>
internal sealed class ScriptedSocket : WebSocket, IValueTaskSource<ValueWebSocketReceiveResult>
{
    private ManualResetValueTaskSourceCore<ValueWebSocketReceiveResult> _pending;

    /// <summary>Where the receive that waits wants its bytes.</summary>
    public Memory<byte> Waiting { get; private set; }

    /// <summary>The memory that was sent last.</summary>
    public ReadOnlyMemory<byte> LastSent { get; private set; }

    public long BytesSent { get; private set; }

    public int MessagesSent { get; private set; }

    public override WebSocketState State => WebSocketState.Open;

    public override WebSocketCloseStatus? CloseStatus => WebSocketCloseStatus.NormalClosure;

    public override string? CloseStatusDescription => null;

    public override string? SubProtocol => null;

    /// <summary>Ends the receive that waits; what follows it runs before this returns.</summary>
    public void Push(ReadOnlySpan<byte> piece, bool isEnd, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        piece.CopyTo(Waiting.Span);
        _pending.SetResult(new ValueWebSocketReceiveResult(piece.Length, type, isEnd));
    }

    public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _pending.Reset();
        Waiting = buffer;
        return new ValueTask<ValueWebSocketReceiveResult>(this, _pending.Version);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        LastSent = buffer;
        BytesSent += buffer.Length;
        MessagesSent += endOfMessage ? 1 : 0;
        return ValueTask.CompletedTask;
    }

    public ValueWebSocketReceiveResult GetResult(short token) => _pending.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _pending.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _pending.OnCompleted(continuation, state, token, ValueTaskSourceOnCompletedFlags.None);

    public override void Abort() { }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override void Dispose() { }
}
