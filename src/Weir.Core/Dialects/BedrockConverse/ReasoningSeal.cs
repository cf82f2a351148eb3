using System.Buffers.Text;
using System.Text;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>
/// Reasoning signatures in the fields Bedrock clients have for them. Claude's are the same on every cloud and travel as
/// they are; those of other vendors travel as <c>weir1.vendor.value</c>, so that the next turn can give them to the vendor
/// that signed and to nobody else (wire notes §17).
/// </summary>
internal static class ReasoningSeal
{
    public const string Anthropic = "anthropic";

    /// <summary>Who signs for other models on Bedrock.</summary>
    public const string Bedrock = "bedrock";

    private const string Prefix = "weir1.";

    /// <summary>How a sealed signature begins.</summary>
    public static ReadOnlySpan<byte> Mark => "weir1."u8;

    /// <summary>How sealed redacted content (a base64 blob) begins: the mark is six bytes, so its base64 has a fixed start.</summary>
    public static ReadOnlySpan<byte> BlobMark => "d2VpcjEu"u8;

    /// <summary>Who signs what a model on Bedrock thinks.</summary>
    public static string VendorOf(string model) =>
        model.Contains("anthropic.", StringComparison.OrdinalIgnoreCase) || model.Contains("claude", StringComparison.OrdinalIgnoreCase) ? Anthropic : Bedrock;

    public static string Seal(string value, string vendor) => vendor is Anthropic or Bedrock || value.Length == 0 ? value
        : $"{Prefix}{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(vendor))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(value))}";

    /// <summary>The signature and who made it; an unsealed one belongs to <paramref name="own"/>.</summary>
    public static (string? Value, string Vendor) Open(string? sealedValue, string own)
    {
        if (string.IsNullOrEmpty(sealedValue))
            return (null, "");
        if (!sealedValue.StartsWith(Prefix, StringComparison.Ordinal))
            return (sealedValue, own);
        var rest = sealedValue.AsSpan(Prefix.Length);
        var dot = rest.IndexOf('.');
        if (dot < 0 || !Base64Url.IsValid(rest[..dot]) || !Base64Url.IsValid(rest[(dot + 1)..]))
            return (sealedValue, own);
        return (Encoding.UTF8.GetString(Base64Url.DecodeFromChars(rest[(dot + 1)..])), Encoding.UTF8.GetString(Base64Url.DecodeFromChars(rest[..dot])));
    }

    /// <summary>Redacted content for a client: a base64 blob. Claude's data is base64 already.</summary>
    public static string SealBlob(string value, string vendor) =>
        vendor is Anthropic or Bedrock ? value : Convert.ToBase64String(Encoding.UTF8.GetBytes(Seal(value, vendor)));

    /// <summary>The redacted data of a client's blob and whose it is.</summary>
    public static (string Value, string Vendor) OpenBlob(string blob, string own)
    {
        if (!blob.StartsWith("d2VpcjEu", StringComparison.Ordinal))
            return (blob, own);
        try
        {
            var (value, vendor) = Open(Encoding.UTF8.GetString(Convert.FromBase64String(blob)), own);
            return (value ?? "", vendor);
        }
        catch (FormatException)
        {
            return (blob, own);
        }
    }
}
