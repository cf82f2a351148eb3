using Weir.Core.Configuration;

namespace Weir.Core.Identity;

/// <summary>
/// Configuration keys of the snapshot in force and stored keys together. Dead keys are found too: the caller decides
/// with <see cref="KeyCheck"/> what to tell the client. A configuration key wins over a stored one with the same secret.
/// </summary>
public sealed class KeyDirectory(ISnapshotSource snapshots, KeyHasher hasher) : IKeyDirectory
{
    private const int ShortestSecret = 16;
    private const int LongestSecret = 256;

    /// <summary>Keys made by command or API; filled and changed by the key store.</summary>
    public KeyTable Stored { get; } = new();

    public VirtualKey? Find(ReadOnlySpan<char> secret)
    {
        var declared = snapshots.Current.Keys;
        if (!KeyFormat.IsWellFormed(secret))
        {
            // Operators may bring secrets of their own through the configuration file; stored keys are always ours.
            return declared.Count > 0 && secret.Length is >= ShortestSecret and <= LongestSecret
                ? declared.GetValueOrDefault(hasher.Hash(secret))
                : null;
        }
        return Find(hasher.Hash(secret));
    }

    public VirtualKey? Find(in KeyHash hash) => snapshots.Current.Keys.TryGetValue(hash, out var key) ? key : Stored.Find(hash);
}
