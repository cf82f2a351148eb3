using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Weir.Simulator.Gemini;

/// <summary>
/// Signs calls and texts and recognises its own signatures: a keyed hash over name and arguments, so that a signature
/// that comes back at another call, altered, or from elsewhere is refused, without memory.
/// </summary>
internal sealed class ThoughtSeal(ulong seed)
{
    /// <summary>Stands for the signature of a call another model made (Google's documentation of thought signatures).</summary>
    public const string Skip = "skip_thought_signature_validator";

    private const int NonceLength = 8;

    private readonly byte[] _key = SHA256.HashData(BitConverter.GetBytes(seed ^ 0x67656d696e69UL));

    public string SignCall(string name, JsonElement arguments, long sequence) => Sign(Subject(name, arguments), sequence);

    /// <summary>For a text part. Streams sign an empty part after the text, so the text itself is not part of it.</summary>
    public string SignText(long sequence) => Sign("text", sequence);

    public bool IsOwnCall(string name, JsonElement arguments, string signature) => IsOwn(Subject(name, arguments), signature);

    public bool IsOwnText(string signature) => IsOwn("text", signature);

    private static string Subject(string name, JsonElement arguments) =>
        $"{name}\n{(arguments.ValueKind == JsonValueKind.Undefined ? "{}" : JsonSerializer.Serialize(arguments))}";

    private string Sign(string subject, long sequence)
    {
        Span<byte> signature = stackalloc byte[NonceLength + HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(signature, sequence);
        Hash(signature[..NonceLength], subject).CopyTo(signature[NonceLength..]);
        return Convert.ToBase64String(signature);
    }

    private bool IsOwn(string subject, string signature)
    {
        Span<byte> bytes = stackalloc byte[NonceLength + HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(signature, bytes, out var length) && length == bytes.Length &&
            bytes[NonceLength..].SequenceEqual(Hash(bytes[..NonceLength], subject));
    }

    private byte[] Hash(ReadOnlySpan<byte> nonce, string subject) =>
        HMACSHA256.HashData(_key, (byte[])[.. nonce, .. Encoding.UTF8.GetBytes(subject)]);
}
