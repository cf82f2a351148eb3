using System.Buffers;
using System.Net.WebSockets;
using Weir.Core.Errors;

namespace Weir.Core.Spine.Sessions;

/// <summary>
/// Moves one direction of a session: what is received into a rented buffer is sent from it, fragment by fragment, and no
/// message is put together unless somebody wants to read it.
/// </summary>
/// <param name="from">Where messages come from.</param>
/// <param name="to">Where they go.</param>
/// <param name="maxMessage">Largest message in bytes.</param>
/// <param name="moved">Called for every piece moved.</param>
/// <param name="reader">Looks at messages, or null.</param>
internal sealed class SessionPump(WebSocket from, WebSocket to, long maxMessage, Action moved, SessionReader? reader)
{
    private const int BufferSize = 16 * 1024;

    /// <summary>A message was begun and not ended: only control frames may be sent now.</summary>
    public bool IsMidMessage { get; private set; }

    /// <summary>Runs until this side closes (null) or breaks a rule. A broken connection is an exception.</summary>
    public async Task<GatewayError?> RunAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var size = 0L;
            while (true)
            {
                var received = await from.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                moved();
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await SessionClose.RelayAsync(from, to, cancellationToken);
                    return null;
                }

                size += received.Count;
                if (size > maxMessage)
                    return GatewayErrors.MessageTooLarge(maxMessage);
                if (to.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
                    continue;
                IsMidMessage = true;
                await to.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, cancellationToken);
                IsMidMessage = !received.EndOfMessage;
                if (reader is not null)
                    await reader.TakeAsync(buffer.AsMemory(0, received.Count), received.EndOfMessage);
                if (received.EndOfMessage)
                    size = 0;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
