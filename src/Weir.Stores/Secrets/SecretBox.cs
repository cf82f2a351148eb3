using System.Security.Cryptography;
using System.Text;
using Weir.Core.Identity;

namespace Weir.Stores.Secrets;

/// <summary>
/// AES-256-GCM (NIST SP 800-38D) for stored credentials. The name of the row is authenticated too, so that a ciphertext
/// moved to another row does not open. Nonces are random: far below 2³² messages per key.
/// </summary>
internal sealed class SecretBox(InstallationSecrets secrets, IRandomBytes random)
{
    private const int NonceBytes = 12, TagBytes = 16;

    public string KeyId => secrets.MasterKeyId;

    /// <summary>Ciphertext with the tag at its end, and the nonce.</summary>
    public (byte[] Ciphertext, byte[] Nonce) Seal(string name, string secret)
    {
        byte[] plain = Encoding.UTF8.GetBytes(secret);
        byte[] nonce = new byte[NonceBytes];
        random.Fill(nonce);
        byte[] sealedText = new byte[plain.Length + TagBytes];
        using var aes = new AesGcm(secrets.CredentialKey.Span, TagBytes);
        aes.Encrypt(nonce, plain, sealedText.AsSpan(0, plain.Length), sealedText.AsSpan(plain.Length), Context(name));
        CryptographicOperations.ZeroMemory(plain);
        return (sealedText, nonce);
    }

    /// <exception cref="StoreException">Another master key sealed it, or somebody changed it.</exception>
    public string Open(string name, ReadOnlySpan<byte> sealedText, ReadOnlySpan<byte> nonce, string keyId)
    {
        if (keyId != KeyId)
            throw new StoreException($"Credential '{name}' was encrypted with master key {keyId}, but this installation has {KeyId}. Restore that master key or store the credential again.");
        byte[] plain = new byte[Math.Max(0, sealedText.Length - TagBytes)];
        try
        {
            using var aes = new AesGcm(secrets.CredentialKey.Span, TagBytes);
            aes.Decrypt(nonce, sealedText[..plain.Length], sealedText[plain.Length..], plain, Context(name));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new StoreException($"Credential '{name}' is damaged: it does not decrypt. Store it again.", fault);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private byte[] Context(string name) => Encoding.UTF8.GetBytes($"weir credential\0{KeyId}\0{name}");
}
