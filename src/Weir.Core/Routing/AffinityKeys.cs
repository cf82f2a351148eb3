namespace Weir.Core.Routing;

/// <summary>Affinity keys with given values.</summary>
public sealed record AffinityKeys : IAffinityKeys
{
    public static AffinityKeys None { get; } = new();

    public ulong? Session { get; init; }
    public ulong? Key { get; init; }
    public IReadOnlyList<ulong> Prefixes { get; init; } = [];
    public IReadOnlyList<long> PrefixBytes { get; init; } = [];
}
