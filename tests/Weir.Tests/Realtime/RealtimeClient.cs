using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Weir.Tests.Realtime;

/// <summary>A WebSocket client of a gateway.</summary>
internal sealed class RealtimeClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    /// <summary>Close code and reason the gateway sent, once it did.</summary>
    public (int? Code, string? Reason) Closed => ((int?)_socket.CloseStatus, _socket.CloseStatusDescription);

    public string? Protocol => _socket.SubProtocol;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="server">The gateway's data address.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="bearer">Sent as Authorization, or null.</param>
    /// <param name="protocols">Subprotocols offered.</param>
    public static async Task<RealtimeClient> ConnectAsync(Uri server, string path, string? bearer, params string[] protocols)
    {
        var client = new RealtimeClient();
        if (bearer is not null)
            client._socket.Options.SetRequestHeader("Authorization", "Bearer " + bearer);
        foreach (var protocol in protocols)
            client._socket.Options.AddSubProtocol(protocol);
        client._socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await client._socket.ConnectAsync(new Uri($"ws://{server.Authority}{path}"), Cancellation);
            return client;
        }
        catch (WebSocketException e)
        {
            var status = (int)client._socket.HttpStatusCode;
            client.Dispose();
            throw new RefusedException(status, e);
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type) => _socket.SendAsync(bytes, type, true, Cancellation);

    /// <summary>The next message with its kind, or null when the gateway closed.</summary>
    public async Task<(byte[] Bytes, WebSocketMessageType Type)?> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[8 * 1024];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), Cancellation);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
                return (message.ToArray(), received.MessageType);
        }
    }

    /// <summary>Reads events until one of this type.</summary>
    public async Task<JsonElement> UntilAsync(string type)
    {
        while (true)
        {
            var message = await ReceiveAsync() ?? throw new InvalidOperationException($"closed with {Closed} before {type}");
            var root = JsonDocument.Parse(message.Bytes).RootElement;
            if (root.GetProperty("type").GetString() == type)
                return root;
        }
    }

    /// <summary>Reads until the gateway closes.</summary>
    public async Task<(int? Code, string? Reason)> UntilClosedAsync()
    {
        while (await ReceiveAsync() is not null)
        {
            // What is still on its way.
        }
        return Closed;
    }

    public Task CloseAsync(int code, string reason) => _socket.CloseAsync((WebSocketCloseStatus)code, reason, Cancellation);

    public void Abort() => _socket.Abort();

    public void Dispose() => _socket.Dispose();
}
