using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Simulator.Anthropic;

/// <summary>
/// Signs thinking blocks and recognises its own signatures: a keyed hash over the text, so that an altered or
/// foreign block is refused on a later turn, by any simulator with the same seed, without memory.
/// </summary>
internal sealed class ThinkingSeal(ulong seed)
{
    private const int NonceLength = 8;

    private readonly byte[] _key = SHA256.HashData(BitConverter.GetBytes(seed));

    public string Sign(string thinking, long sequence)
    {
        Span<byte> signature = stackalloc byte[NonceLength + HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(signature, sequence);
        Hash(signature[..NonceLength], thinking).CopyTo(signature[NonceLength..]);
        return Convert.ToBase64String(signature);
    }

    public bool IsOwn(string thinking, string signature)
    {
        Span<byte> bytes = stackalloc byte[NonceLength + HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(signature, bytes, out var length) && length == bytes.Length &&
            bytes[NonceLength..].SequenceEqual(Hash(bytes[..NonceLength], thinking));
    }

    private byte[] Hash(ReadOnlySpan<byte> nonce, string thinking) =>
        HMACSHA256.HashData(_key, (byte[])[.. nonce, .. Encoding.UTF8.GetBytes(thinking)]);
}
