using System.Net.WebSockets;
using Weir.Core.Dialects;
using Weir.Core.Errors;

namespace Weir.Core.Spine.Sessions;

/// <summary>Step 3 of a session: its model, from the request line or from the first message, for which the client is accepted early.</summary>
internal static class FirstMessage
{
    /// <summary>Instructions and tools, no media: larger ones are a mistake.</summary>
    private const int MaxBytes = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async ValueTask<GatewayError?> ReadAsync(Exchange exchange, ISessionDialect dialect, TimeProvider time)
    {
        // A session has no body: what follows its head is the session.
        exchange.BodyIsRead = true;
        if (exchange.Client.Socket is not { } socket)
            return GatewayErrors.UpgradeRequired;
        if (dialect.ModelInFirstMessage)
        {
            exchange.Session = await socket.AcceptAsync(SessionCredential.Public(socket.Protocols).FirstOrDefault());
            if (await ReceiveAsync(exchange, exchange.Session, time) is { } error)
                return error;
        }

        var result = dialect.ReadFacts(exchange.Body.Span, exchange.Head);
        if (!result.IsOk)
            return GatewayErrors.BadBody(result.Error.Code, result.Error.Message, result.Error.Param);
        exchange.Facts = result.Facts;
        return null;
    }

    private static async ValueTask<GatewayError?> ReceiveAsync(Exchange exchange, WebSocket session, TimeProvider time)
    {
        using var enough = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, exchange.Client.Gone);
        try
        {
            while (true)
            {
                var received = await session.ReceiveAsync(exchange.Body.GetMemory(4096), either.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                    return GatewayErrors.NoFirstMessage;
                exchange.Body.Advance(received.Count);
                exchange.FirstMessageType = received.MessageType;
                if (exchange.Body.Length > MaxBytes)
                    return GatewayErrors.MessageTooLarge(MaxBytes);
                if (received.EndOfMessage)
                    return null;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            return GatewayErrors.NoFirstMessage;
        }
    }
}
