namespace Weir.Core.Routing;

/// <summary>Affinity keys with given values.</summary>
public sealed record AffinityKeys : IAffinityKeys
{
    public static AffinityKeys None { get; } = new() { SessionIsKnown = false, PrefixesAreKnown = false };

    public ulong? Session { get; init; }
    public ulong? Key { get; init; }
    public IReadOnlyList<ulong> Prefixes { get; init; } = [];
    public IReadOnlyList<long> PrefixBytes { get; init; } = [];

    /// <summary>True: values that are given were found out by somebody.</summary>
    public bool SessionIsKnown { get; init; } = true;

    /// <summary>As <see cref="SessionIsKnown"/>.</summary>
    public bool PrefixesAreKnown { get; init; } = true;
}
