using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Weir.Simulator.Realtime;

/// <summary>The server's end of a WebSocket.</summary>
internal sealed class SimSocket(WebSocket socket) : IDisposable
{
    /// <summary>Takes the handshake, with the first subprotocol offered; null when the request is none.</summary>
    public static async Task<SimSocket?> AcceptAsync(HttpContext context)
    {
        var request = context.Request.Headers;
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade || request.SecWebSocketKey.ToString() is not { Length: > 0 } key)
        {
            return null;
        }

        var protocol = request.SecWebSocketProtocol.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        var response = context.Response.Headers;
        response.Connection = "Upgrade";
        response.Upgrade = "websocket";
        response.SecWebSocketAccept = Answer(key);
        if (protocol is not null)
        {
            response.SecWebSocketProtocol = protocol;
        }

        return new SimSocket(WebSocket.CreateFromStream(await upgrade.UpgradeAsync(), new WebSocketCreationOptions { IsServer = true, SubProtocol = protocol }));
    }

    /// <summary>How the other side closed, once it did.</summary>
    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    /// <summary>The next message, or null when the other side closed.</summary>
    public async Task<byte[]?> ReceiveAsync(CancellationToken cancellation)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }

    public Task SendAsync(JsonNode message, CancellationToken cancellation, bool binary = false) =>
        SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), cancellation, binary);

    public Task SendAsync(byte[] message, CancellationToken cancellation, bool binary = false) =>
        socket.SendAsync(message, binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, true, cancellation);

    public Task CloseAsync(int code, string reason, CancellationToken cancellation) => socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, cancellation);

    public void Abort() => socket.Abort();

    public void Dispose() => socket.Dispose();

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 names the hash.")]
    private static string Answer(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
}
