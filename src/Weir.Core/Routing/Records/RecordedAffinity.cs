namespace Weir.Core.Routing.Records;

/// <summary>The affinity hashes of a recorded call. Of the session and the prefixes, what nobody had found out then is missing now, which asking notes.</summary>
public sealed class RecordedAffinity(AffinityKeys known) : IAffinityKeys
{
    /// <summary>The session was asked for and is not in the record.</summary>
    public bool MissesSession { get; private set; }

    /// <summary>Prefixes were asked for and are not in the record.</summary>
    public bool MissesPrefixes { get; private set; }

    public bool SessionIsKnown => known.SessionIsKnown;

    public bool PrefixesAreKnown => known.PrefixesAreKnown;

    public ulong? Key => known.Key;

    public ulong? Session
    {
        get
        {
            MissesSession |= !known.SessionIsKnown;
            return known.Session;
        }
    }

    public IReadOnlyList<ulong> Prefixes
    {
        get
        {
            MissesPrefixes |= !known.PrefixesAreKnown;
            return known.Prefixes;
        }
    }
}
