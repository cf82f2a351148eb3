namespace Weir.Core.Routing.Affinity;

/// <summary>A call's affinity keys, hashed when first asked for. Every hash includes the tenant: nothing is shared across tenants.</summary>
/// <param name="tenant">The caller's tenant.</param>
/// <param name="keyId">Id of the caller's key.</param>
/// <param name="session">The session that the client named in a header, or null.</param>
/// <param name="body">The client's body; read only while the call is being routed.</param>
/// <param name="seed">A secret that all hashes start from: what a client names can be as easily guessed as a user's name.</param>
public sealed class CallAffinity(string tenant, string keyId, string? session, ReadOnlyMemory<byte> body, ulong seed = 0) : IAffinityKeys
{
    private readonly ulong _seed = StableHash.Add(seed, tenant);
    private PromptPrefixes? _prompt;

    /// <summary>Of the header, or else of what the body names.</summary>
    public ulong? Session => session is { Length: > 0 } ? StableHash.Add(_seed, session) : Prompt.Session;

    public ulong? Key => StableHash.Add(~_seed, keyId);

    public IReadOnlyList<ulong> Prefixes => Prompt.Hashes;

    public bool SessionIsKnown => session is { Length: > 0 } || _prompt is not null;

    public bool PrefixesAreKnown => _prompt is not null;

    private PromptPrefixes Prompt => _prompt ??= PrefixHasher.Read(body.Span, _seed);
}
