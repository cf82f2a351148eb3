using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Weir.Simulator.OpenAi;

/// <summary>
/// Stands for encrypted reasoning: a nonce and a keyed hash, so that an altered or foreign value is refused on a later
/// turn, by any simulator with the same seed, without memory.
/// </summary>
internal sealed class ReasoningSeal(ulong seed)
{
    private const string Prefix = "gAAAAAB";
    private const int NonceLength = 8;

    private readonly byte[] _key = SHA256.HashData((byte[])[.. BitConverter.GetBytes(seed), 0x52]);

    public string Make(long sequence)
    {
        Span<byte> bytes = stackalloc byte[NonceLength + HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, sequence);
        HMACSHA256.HashData(_key, bytes[..NonceLength]).CopyTo(bytes[NonceLength..]);
        return Prefix + Convert.ToBase64String(bytes);
    }

    public bool IsOwn(string text)
    {
        Span<byte> bytes = stackalloc byte[NonceLength + HMACSHA256.HashSizeInBytes];
        return text.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length)
            && length == bytes.Length && bytes[NonceLength..].SequenceEqual(HMACSHA256.HashData(_key, bytes[..NonceLength]));
    }
}
