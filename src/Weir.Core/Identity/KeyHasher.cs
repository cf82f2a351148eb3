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
    private const int Block = 64;
    private readonly byte[] _inner = new byte[Block];
    private readonly byte[] _outer = new byte[Block];

    /// <param name="pepper">At least 32 bytes, the same in every replica.</param>
    public KeyHasher(ReadOnlySpan<byte> pepper)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pepper.Length, 32, nameof(pepper));
        // RFC 2104 spelt out: two plain SHA-256 calls cost a third of a keyed one through the operating system's MAC interface.
        Span<byte> key = stackalloc byte[Block];
        key.Clear();
        if (pepper.Length > Block)
            SHA256.HashData(pepper, key);
        else
            pepper.CopyTo(key);
        for (var i = 0; i < Block; i++)
            (_inner[i], _outer[i]) = ((byte)(key[i] ^ 0x36), (byte)(key[i] ^ 0x5c));
    }

    /// <summary>Hash of the UTF-8 bytes of <paramref name="secret"/>. Allocates nothing.</summary>
    public KeyHash Hash(ReadOnlySpan<char> secret)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(secret.Length, MaxLength, nameof(secret));
        Span<byte> message = stackalloc byte[Block + MaxLength * 3];
        _inner.CopyTo(message);
        int length = Encoding.UTF8.GetBytes(secret, message[Block..]);
        Span<byte> outer = stackalloc byte[Block + SHA256.HashSizeInBytes];
        _outer.CopyTo(outer);
        SHA256.HashData(message[..(Block + length)], outer[Block..]);
        message.Slice(Block, length).Clear();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(outer, hash);
        return KeyHash.FromBytes(hash);
    }
}
