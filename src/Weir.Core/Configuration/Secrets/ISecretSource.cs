using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Secrets;

/// <summary>Where referenced secrets are read from.</summary>
public interface ISecretSource
{
    /// <summary>Reads one secret; never throws for a missing or unreadable one.</summary>
    SecretReading Read(SecretRef reference);

    /// <summary>The file a reference points to, for watching; null for others.</summary>
    string? PathOf(string file) => null;

    /// <summary>The text of a file with certificates; null when it cannot be read.</summary>
    string? ReadText(string file) => null;

    /// <summary>Whether a file exists that is read later (TLS).</summary>
    bool FileExists(string file) => true;
}
