using System.Collections.Frozen;
using Weir.Core.Dialects;

namespace Weir.Http;

/// <summary>The data plane's paths. One look-up per call; paths are compared exactly, as Kestrel normalised them.</summary>
internal sealed class EndpointTable(IDialect chat, IDialect messages, IDialect embeddings)
{
    private readonly FrozenDictionary<string, Endpoint> _byPath = new Dictionary<string, Endpoint>
    {
        ["/v1/chat/completions"] = new(chat, Operation.Chat),
        ["/v1/messages"] = new(messages, Operation.Chat),
        ["/v1/messages/count_tokens"] = new(messages, Operation.CountTokens),
        ["/v1/embeddings"] = new(embeddings, Operation.Embeddings),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public Endpoint? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Whose error shape an unknown path gets: the nearest known one's.</summary>
    public IDialect DialectFor(string path) => path.StartsWith("/v1/messages", StringComparison.Ordinal) ? messages : chat;
}
