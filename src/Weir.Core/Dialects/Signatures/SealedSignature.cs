using System.Buffers.Text;
using System.Text;

namespace Weir.Core.Dialects.Signatures;

/// <summary>
/// A vendor's reasoning signature in the field another vendor's clients have for theirs: <c>weir1.vendor.value</c>, both
/// parts base64url. The client hands it back, and the next turn gives it to the vendor that signed and to nobody else
/// (wire notes §17).
/// </summary>
public static class SealedSignature
{
    private const string Prefix = "weir1.";

    /// <summary>How a sealed value begins on the wire.</summary>
    public static ReadOnlySpan<byte> Mark => "weir1."u8;

    /// <summary>The sealed form of <paramref name="value"/>; both parts may be empty (thinking that nobody signed).</summary>
    public static string Seal(string value, string vendor) =>
        $"{Prefix}{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(vendor))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(value))}";

    /// <summary>What was sealed, or null when the text is a plain signature of the dialect's own vendor.</summary>
    public static (string Value, string Vendor)? Open(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var rest = text.AsSpan(Prefix.Length);
        var dot = rest.IndexOf('.');
        if (dot < 0 || !Base64Url.IsValid(rest[..dot]) || !Base64Url.IsValid(rest[(dot + 1)..]))
            return null;
        return (Encoding.UTF8.GetString(Base64Url.DecodeFromChars(rest[(dot + 1)..])),
            Encoding.UTF8.GetString(Base64Url.DecodeFromChars(rest[..dot])));
    }
}
