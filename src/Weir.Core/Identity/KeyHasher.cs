using System.Security.Cryptography;
using System.Text;

namespace Weir.Core.Identity;

/// <summary>
/// HMAC-SHA-256 of a key's text under a secret of the installation (the pepper), so that a stolen database alone
/// identifies nobody and cannot be searched for guessed keys.
/// The lookup that follows compares hashes in ordinary, not constant, time. That is sound: an attacker cannot steer an
/// HMAC whose key he does not know towards a stored value, so the time of a comparison tells him nothing about a secret.
/// </summary>
public sealed class KeyHasher
{
    private const int MaxLength = 512;
    private readonly byte[] _pepper;

    /// <param name="pepper">At least 32 bytes, the same in every replica.</param>
    public KeyHasher(ReadOnlySpan<byte> pepper)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pepper.Length, 32, nameof(pepper));
        _pepper = pepper.ToArray();
    }

    /// <summary>Hash of the UTF-8 bytes of <paramref name="secret"/>. Allocates nothing.</summary>
    public KeyHash Hash(ReadOnlySpan<char> secret)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(secret.Length, MaxLength, nameof(secret));
        Span<byte> utf8 = stackalloc byte[MaxLength * 3];
        int length = Encoding.UTF8.GetBytes(secret, utf8);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_pepper, utf8[..length], hash);
        utf8[..length].Clear();
        return KeyHash.FromBytes(hash);
    }
}
