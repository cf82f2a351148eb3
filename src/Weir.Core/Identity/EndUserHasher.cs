using System.Security.Cryptography;
using System.Text;
using Weir.Core.Routing;

namespace Weir.Core.Identity;

/// <summary>
/// Keyed hashes of the end users that clients name, so that records can tell users apart and splits can be replayed, and
/// nobody who reads a record learns or can guess who they were. The same user has another hash in another tenant.
/// </summary>
public sealed class EndUserHasher
{
    /// <summary>Longest text that is hashed as it is; longer ones are hashed twice.</summary>
    private const int Longest = 256;

    private readonly KeyHasher _hasher;

    /// <param name="key">At least 32 bytes, the same in every replica and over restarts.</param>
    public EndUserHasher(ReadOnlySpan<byte> key)
    {
        _hasher = new KeyHasher(key);
        AffinitySeed = BitConverter.ToUInt64(HKDF.DeriveKey(HashAlgorithmName.SHA256, key.ToArray(), sizeof(ulong), info: "affinity"u8.ToArray()));
    }

    /// <summary>What hashes of sessions start from, since a client may name its user as the session.</summary>
    public ulong AffinitySeed { get; }

    /// <summary>The user a client named, or null when it named none.</summary>
    public EndUser? Of(string tenant, string? id)
    {
        if (string.IsNullOrEmpty(id))
            return null;
        var text = $"{tenant}\0{id}";
        if (text.Length > Longest)
            text = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var hash = _hasher.Hash(text);
        return new EndUser(id, $"{hash.A:x16}{hash.B:x16}");
    }
}
