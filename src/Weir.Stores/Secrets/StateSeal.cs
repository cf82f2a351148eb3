using System.Security.Cryptography;
using System.Text;
using Weir.Core.Continuity;
using Weir.Core.Identity;

namespace Weir.Stores.Secrets;

/// <summary>
/// Names and seals tenant state: names are HMAC-SHA-256, values AES-256-GCM under a key of the tenant's own (HKDF-SHA-256),
/// with the name authenticated, so that a value moved to another name does not open.
/// </summary>
internal sealed class StateSeal(InstallationSecrets secrets, IRandomBytes random)
{
    private const int NonceBytes = 12, TagBytes = 16;

    /// <summary>All values of one kind of one tenant. The first byte is the kind.</summary>
    public byte[] Scope(string tenant, StateKind kind)
    {
        var scope = Hash($"scope\0{(int)kind}\0{tenant}");
        scope[0] = (byte)kind;
        return scope;
    }

    /// <summary>One value.</summary>
    public byte[] Name(string tenant, StateKind kind, string key) => Hash($"name\0{(int)kind}\0{tenant}\0{key}");

    /// <summary>Nonce, ciphertext, tag.</summary>
    public byte[] Seal(string tenant, byte[] name, ReadOnlySpan<byte> value)
    {
        var result = new byte[NonceBytes + value.Length + TagBytes];
        random.Fill(result.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(KeyOf(tenant), TagBytes);
        aes.Encrypt(result.AsSpan(0, NonceBytes), value, result.AsSpan(NonceBytes, value.Length), result.AsSpan(NonceBytes + value.Length), name);
        return result;
    }

    /// <summary>The value, or null when it was sealed with another key or changed.</summary>
    public byte[]? Open(string tenant, byte[] name, ReadOnlySpan<byte> sealedValue)
    {
        if (sealedValue.Length < NonceBytes + TagBytes)
            return null;
        var value = new byte[sealedValue.Length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(KeyOf(tenant), TagBytes);
            aes.Decrypt(sealedValue[..NonceBytes], sealedValue[NonceBytes..^TagBytes], sealedValue[^TagBytes..], value, name);
            return value;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private byte[] KeyOf(string tenant) => HKDF.Expand(HashAlgorithmName.SHA256, secrets.StateKey.ToArray(), 32, Encoding.UTF8.GetBytes(tenant));

    private byte[] Hash(string text) => HMACSHA256.HashData(secrets.StateKey.Span, Encoding.UTF8.GetBytes(text));
}
