using System.Security.Cryptography;
using System.Text;
using Weir.Core.Identity;

namespace Weir.Stores.Secrets;

/// <summary>
/// What this installation alone knows. One master key, from <c>WEIR_MASTER_KEY</c> or the file <c>master.key</c>, from which
/// (HKDF-SHA-256, RFC 5869) come the pepper of virtual keys and the key that encrypts stored provider credentials; and the
/// token of the admin API in <c>admin.token</c>. All replicas must share the master key; without it stored virtual keys
/// and credentials are worthless, so back it up apart from the database.
/// </summary>
public sealed class InstallationSecrets
{
    public const string Variable = "WEIR_MASTER_KEY";
    private const string MasterFile = "master.key", TokenFile = "admin.token", TokenPrefix = "wa-";
    private const int SecretCharacters = 43, KeyBytes = 32;

    private InstallationSecrets(string master, string adminToken, string source)
    {
        byte[] material = Encoding.UTF8.GetBytes(master);
        KeyPepper = Derive(material, "weir virtual key pepper v1", KeyBytes);
        CredentialKey = Derive(material, "weir credential encryption v1", KeyBytes);
        SharedKey = Derive(material, "weir shared state v1", KeyBytes);
        EndUserKey = Derive(material, "weir end users v1", KeyBytes);
        StateKey = Derive(material, "weir tenant state v1", KeyBytes);
        MasterKeyId = Convert.ToHexStringLower(Derive(material, "weir master key id v1", 8));
        CryptographicOperations.ZeroMemory(material);
        AdminToken = adminToken;
        MasterKeySource = source;
    }

    /// <summary>32 bytes for <see cref="KeyHasher"/>.</summary>
    public ReadOnlyMemory<byte> KeyPepper { get; }

    /// <summary>32 bytes for AES-256-GCM.</summary>
    public ReadOnlyMemory<byte> CredentialKey { get; }

    /// <summary>32 bytes from which the keys of <see cref="Sqlite.SqliteTenantState"/> are made.</summary>
    public ReadOnlyMemory<byte> StateKey { get; }

    /// <summary>32 bytes by which replicas name credentials to each other (<see cref="Weir.Core.Upstream.Auth.SharedCredentials"/>).</summary>
    public ReadOnlyMemory<byte> SharedKey { get; }

    /// <summary>32 bytes for <see cref="EndUserHasher"/>.</summary>
    public ReadOnlyMemory<byte> EndUserKey { get; }

    /// <summary>Names the master key without giving it away; stored beside everything made with it.</summary>
    public string MasterKeyId { get; }

    /// <summary>The admin API's bearer token.</summary>
    public string AdminToken { get; }

    /// <summary>For people: <c>env:WEIR_MASTER_KEY</c> or <c>file:…</c>.</summary>
    public string MasterKeySource { get; }

    /// <summary>Reads the secrets of an installation; makes those that are missing, readable by their owner only.</summary>
    /// <param name="dataDirectory">Made when missing.</param>
    /// <param name="random">Source of new secrets.</param>
    /// <param name="environment">Environment lookup, usually <see cref="Environment.GetEnvironmentVariable(string)"/>.</param>
    /// <exception cref="StoreException">A secret is empty, short, guessable, or readable by others beyond repair.</exception>
    public static InstallationSecrets LoadOrCreate(string dataDirectory, IRandomBytes random, Func<string, string?> environment)
    {
        PrivateFile.EnsureDirectory(dataDirectory);
        string path = Path.Combine(dataDirectory, MasterFile);
        string token = SecretFile.LoadOrCreate(
            Path.Combine(dataDirectory, TokenFile), () => TokenPrefix + Base62.Random(SecretCharacters, random));
        if (environment(Variable) is { } given)
            return new(SecretStrength.Require(given, Variable), token, $"env:{Variable}");
        string master = SecretFile.LoadOrCreate(path, () => Base62.Random(SecretCharacters, random));
        return new(master, token, $"file:{path}");
    }

    public override string ToString() => $"installation secrets, master key {MasterKeyId} from {MasterKeySource}";

    private static byte[] Derive(byte[] material, string purpose, int length) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, length, info: Encoding.ASCII.GetBytes(purpose));
}
