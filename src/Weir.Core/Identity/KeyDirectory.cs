using Weir.Core.Configuration;

namespace Weir.Core.Identity;

/// <summary>
/// Configuration keys of the snapshot in force and stored keys together. Dead keys are found too: the caller decides
/// with <see cref="KeyCheck"/> what to tell the client. A configuration key wins over a stored one with the same secret.
/// </summary>
public sealed class KeyDirectory(ISnapshotSource snapshots, KeyHasher hasher) : IKeyDirectory
{
    /// <summary>Keys made by command or API; filled and changed by the key store.</summary>
    public KeyTable Stored { get; } = new();

    public VirtualKey? Find(ReadOnlySpan<char> secret)
    {
        if (!KeyFormat.IsWellFormed(secret))
            return null;
        var hash = hasher.Hash(secret);
        return snapshots.Current.Keys.TryGetValue(hash, out var key) ? key : Stored.Find(hash);
    }
}
