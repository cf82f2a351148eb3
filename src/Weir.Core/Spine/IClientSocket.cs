using System.Net.WebSockets;

namespace Weir.Core.Spine;

/// <summary>A client that asks for a WebSocket (RFC 6455), not answered yet: until it is, a plain HTTP error can be.</summary>
public interface IClientSocket
{
    /// <summary>Subprotocols offered, in order; they may hold a credential.</summary>
    IReadOnlyList<string> Protocols { get; }

    /// <summary>Switches protocols.</summary>
    ValueTask<WebSocket> AcceptAsync(string? protocol);
}
