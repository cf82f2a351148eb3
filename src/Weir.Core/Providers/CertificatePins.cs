using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Weir.Core.Providers;

/// <summary>
/// Public keys of which one must stand in the certificate chain a provider shows, each as <c>sha256/BASE64</c> of its
/// subjectPublicKeyInfo (RFC 7469 §2.4). Compared by value.
/// </summary>
/// <param name="pins">At least one, valid by <see cref="IsPin"/>.</param>
public sealed class CertificatePins(IEnumerable<string> pins) : IEquatable<CertificatePins>
{
    private const string Prefix = "sha256/";
    private readonly HashSet<string> _pins = pins.ToHashSet(StringComparer.Ordinal);

    /// <summary>True for <c>sha256/</c> and the base64 of 32 bytes.</summary>
    public static bool IsPin(string text)
    {
        Span<byte> digest = stackalloc byte[33];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], digest, out var length) && length == SHA256.HashSizeInBytes;
    }

    /// <summary>The pin of a certificate's key.</summary>
    public static string Of(X509Certificate2 certificate) =>
        Prefix + Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    /// <summary>True when one of the certificates has a pinned key.</summary>
    public bool Match(IEnumerable<X509Certificate2> chain) => chain.Any(c => _pins.Contains(Of(c)));

    public bool Equals(CertificatePins? other) => other is not null && _pins.SetEquals(other._pins);

    public override bool Equals(object? obj) => Equals(obj as CertificatePins);

    public override int GetHashCode() => _pins.Aggregate(0, (hash, pin) => hash ^ StringComparer.Ordinal.GetHashCode(pin));
}
