using System.Buffers;
using System.Net.WebSockets;
using Weir.Core.Dialects;
using Weir.Core.Errors;

namespace Weir.Core.Spine.Sessions;

/// <summary>Ends sessions: relays close codes, and tells a client of an error in its dialect before closing.</summary>
public static class SessionClose
{
    /// <summary>Tells the client, if it can still be told; afterwards nothing more is said to it.</summary>
    public static async ValueTask TellAsync(Exchange exchange, GatewayError error, bool isMidMessage, CancellationToken cancellationToken)
    {
        exchange.ToldInStream = true;
        if (exchange.Session is not { State: WebSocketState.Open or WebSocketState.CloseReceived } session)
            return;
        if (!isMidMessage && session.State == WebSocketState.Open)
        {
            var message = new ArrayBufferWriter<byte>(256);
            ((ISessionDialect)exchange.Dialect).WriteSessionError(error, exchange.Id, message);
            if (message.WrittenCount > 0)
                await session.SendAsync(message.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        await session.CloseOutputAsync(CodeOf(error), error.Code, cancellationToken);
    }

    /// <summary>Hands one side's close on to the other.</summary>
    public static async ValueTask RelayAsync(WebSocket from, WebSocket to, CancellationToken cancellationToken)
    {
        if (to.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        var code = from.CloseStatus ?? WebSocketCloseStatus.Empty;
        await to.CloseOutputAsync(code, code == WebSocketCloseStatus.Empty ? null : from.CloseStatusDescription, cancellationToken);
    }

    /// <summary>A side that closed and that the other side left without an answer gets its own code back.</summary>
    public static async ValueTask AnswerAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            if (socket.State == WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.Empty, null, cancellationToken);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Gone before it could read the answer.
        }
    }

    // RFC 6455 §7.4.1
    private static WebSocketCloseStatus CodeOf(GatewayError error) => error.Kind switch
    {
        ErrorKind.PayloadTooLarge => WebSocketCloseStatus.MessageTooBig,
        ErrorKind.Overloaded => WebSocketCloseStatus.EndpointUnavailable,
        ErrorKind.UpstreamFailed or ErrorKind.UpstreamTimeout or ErrorKind.UpstreamRejected or ErrorKind.Internal => WebSocketCloseStatus.InternalServerError,
        _ => WebSocketCloseStatus.PolicyViolation,
    };
}
