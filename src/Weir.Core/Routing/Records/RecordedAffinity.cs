namespace Weir.Core.Routing.Records;

/// <summary>The affinity hashes of a recorded call. Prefixes that nobody had worked out are missing, which asking for them notes.</summary>
public sealed class RecordedAffinity(ulong? session, ulong? key, IReadOnlyList<ulong>? prefixes) : IAffinityKeys
{
    /// <summary>Prefixes were asked for and are not in the record.</summary>
    public bool MissesPrefixes { get; private set; }

    public ulong? Session => session;

    public ulong? Key => key;

    public bool PrefixesAreKnown => prefixes is not null;

    public IReadOnlyList<ulong> Prefixes
    {
        get
        {
            MissesPrefixes |= prefixes is null;
            return prefixes ?? [];
        }
    }
}
