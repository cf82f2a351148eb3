using Microsoft.Extensions.Primitives;
using Weir.Core.Dialects;

namespace Weir.Core.Spine.Sessions;

/// <summary>Credentials where a browser's WebSocket can put them: it sets no headers.</summary>
public static class SessionCredential
{
    /// <summary>OpenAI: a subprotocol <c>openai-insecure-api-key.KEY</c>.</summary>
    private const string ProtocolPrefix = "openai-insecure-api-key.";

    /// <summary>Keys in subprotocols and in <c>?key=</c>; only for clients that ask for a session.</summary>
    public static StringValues Find(IClientChannel client)
    {
        if (client.Socket is not { } socket)
            return default;
        var found = StringValues.Empty;
        foreach (var protocol in socket.Protocols.Where(p => p.StartsWith(ProtocolPrefix, StringComparison.Ordinal)))
            found = StringValues.Concat(found, protocol[ProtocolPrefix.Length..]);
        return QueryText.Find(client.Query, "key") is { Length: > 0 } key ? StringValues.Concat(found, key) : found;
    }

    /// <summary>The subprotocols that an upstream may see.</summary>
    public static IEnumerable<string> Public(IReadOnlyList<string> protocols) =>
        protocols.Where(p => !p.StartsWith("openai-insecure-api-key.", StringComparison.Ordinal)
            && !p.StartsWith("openai-organization.", StringComparison.Ordinal) && !p.StartsWith("openai-project.", StringComparison.Ordinal));
}
