using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Weir.Core.Spine;

namespace Weir.Http;

/// <summary>The opening handshake of a WebSocket over HTTP/1.1 (RFC 6455 §4.2).</summary>
internal sealed class WebSocketUpgrade : IClientSocket
{
    private const string Salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly HttpContext _context;
    private readonly IHttpUpgradeFeature _upgrade;
    private readonly string _key;

    private WebSocketUpgrade(HttpContext context, IHttpUpgradeFeature upgrade, string key)
    {
        (_context, _upgrade, _key) = (context, upgrade, key);
        Protocols = [.. context.Request.Headers.SecWebSocketProtocol.SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Protocols { get; }

    /// <summary>The handshake a request asks for, or null when it asks for none that can be given.</summary>
    public static WebSocketUpgrade? Find(HttpContext context)
    {
        var headers = context.Request.Headers;
        return HttpMethods.IsGet(context.Request.Method)
            && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade
            && headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase)
            && headers.SecWebSocketVersion == "13"
            && headers.SecWebSocketKey.ToString() is { Length: 24 } key
            ? new WebSocketUpgrade(context, upgrade, key) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<WebSocket> AcceptAsync(string? protocol)
    {
        var headers = _context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Answer(_key);
        if (protocol is not null)
            headers.SecWebSocketProtocol = protocol;
        var stream = await _upgrade.UpgradeAsync();
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = protocol, KeepAliveInterval = KeepAlive });
    }

    [SuppressMessage("Security", "CA5350", Justification = "The handshake proves that both ends speak WebSocket, nothing more; RFC 6455 names the hash.")]
    private static string Answer(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Salt)));
}
