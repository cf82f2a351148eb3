using Weir.Core.Dialects.Signatures;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// Reasoning signatures in the one field Anthropic clients have for them. Anthropic's own travel as they are; those of
/// other vendors travel as <c>weir1.vendor.base64url</c>, so that the client hands them back and the next turn can give
/// them to the vendor that signed, and to nobody else (wire notes §17). Unsigned thinking carries <see cref="Unsigned"/>.
/// </summary>
internal static class SignatureEnvelope
{
    /// <summary>The vendor name of Anthropic's own signatures.</summary>
    public const string Anthropic = "anthropic";

    /// <summary>The signature of thinking that nobody signed: tells it from what an upstream itself left unsigned.</summary>
    public static string Unsigned { get; } = SealedSignature.Seal("", "");

    /// <summary>How a sealed value begins on the wire.</summary>
    public static ReadOnlySpan<byte> Mark => SealedSignature.Mark;

    /// <summary>What the Anthropic client sees for a signature (or redacted data) of <paramref name="vendor"/>.</summary>
    public static string Seal(string value, string vendor)
        => vendor == Anthropic || value.Length == 0 ? value : SealedSignature.Seal(value, vendor);

    /// <summary>The signature and who made it; a null value when the client sent none.</summary>
    public static (string? Value, string Vendor) Open(string? sealedValue)
    {
        if (string.IsNullOrEmpty(sealedValue))
            return (null, "");
        return SealedSignature.Open(sealedValue) is var (value, vendor)
            ? (value.Length == 0 ? null : value, vendor)
            : (sealedValue, Anthropic);
    }
}
