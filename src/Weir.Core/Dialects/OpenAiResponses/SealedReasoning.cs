using Weir.Core.Dialects.Signatures;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// What stands in <c>encrypted_content</c>: OpenAI's own as it is; other vendors' signatures and redacted reasoning
/// sealed, so that a later turn can give them back to whoever made them.
/// </summary>
internal static class SealedReasoning
{
    /// <summary>Whose reasoning travels unsealed.</summary>
    public const string OwnVendor = "openai";

    private const string RedactedMark = "#redacted";

    /// <summary>The value for the client.</summary>
    /// <param name="value">Signature of shown thinking, or the data of redacted thinking; empty for thinking nobody signed.</param>
    /// <param name="vendor">Who made it.</param>
    /// <param name="isRedacted">No text belongs to it.</param>
    public static string Write(string value, string vendor, bool isRedacted) =>
        vendor == OwnVendor && value.Length > 0 ? value : SealedSignature.Seal(value, isRedacted ? vendor + RedactedMark : vendor);

    /// <summary>The value and who made it; a null value for thinking nobody signed.</summary>
    public static (string? Value, string Vendor, bool IsRedacted) Read(string? encrypted, bool hasText)
    {
        if (string.IsNullOrEmpty(encrypted))
            return (null, "", false);
        if (SealedSignature.Open(encrypted) is not var (value, vendor))
            return (encrypted, OwnVendor, !hasText);
        var isRedacted = vendor.EndsWith(RedactedMark, StringComparison.Ordinal);
        return (value.Length == 0 ? null : value, isRedacted ? vendor[..^RedactedMark.Length] : vendor, isRedacted);
    }
}
