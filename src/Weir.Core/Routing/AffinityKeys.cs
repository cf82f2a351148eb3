namespace Weir.Core.Routing;

/// <summary>Affinity keys with given values.</summary>
public sealed record AffinityKeys : IAffinityKeys
{
    public static AffinityKeys None { get; } = new() { PrefixesAreKnown = false };

    public ulong? Session { get; init; }
    public ulong? Key { get; init; }
    public IReadOnlyList<ulong> Prefixes { get; init; } = [];

    /// <summary>True: values that are given were worked out by somebody.</summary>
    public bool PrefixesAreKnown { get; init; } = true;
}
