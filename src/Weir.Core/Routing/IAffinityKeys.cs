namespace Weir.Core.Routing;

/// <summary>What keeps calls together so that a provider's prompt cache stays warm. Hashes, never content; null = the call has none.</summary>
public interface IAffinityKeys
{
    /// <summary>Of the session the client named.</summary>
    ulong? Session { get; }

    /// <summary>Of the caller's key.</summary>
    ulong? Key { get; }

    /// <summary>Of the prompt's stable beginnings, shortest first: system prompt and tools, then turn by turn.</summary>
    IReadOnlyList<ulong> Prefixes { get; }

    /// <summary>
    /// UTF-8 bytes of prompt text up to the end of each of <see cref="Prefixes"/>: how much of a prompt a cache holds. Empty when
    /// nobody measured; then they are taken to be of even length.
    /// </summary>
    IReadOnlyList<long> PrefixBytes => [];

    /// <summary><see cref="Session"/> was found out already, or costs nothing to.</summary>
    bool SessionIsKnown => false;

    /// <summary><see cref="Prefixes"/> were worked out already: reading them costs nothing.</summary>
    bool PrefixesAreKnown => false;
}
