using System.Text;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Reasoning signatures in the one field Gemini clients have for them, <c>thoughtSignature</c>, which is bytes: base64 in
/// JSON, and some SDKs decode and encode it again. Google's own travel as they are. Those of other vendors travel as base64
/// of <c>weir1.KIND.VENDOR.VALUE</c> (kind <c>t</c>: signature of shown reasoning, <c>r</c>: encrypted reasoning), so that
/// the client hands them back and the next turn can give them to the vendor that signed, and to nobody else.
/// </summary>
internal static class ThoughtSeal
{
    /// <summary>The vendor name of Google's own signatures.</summary>
    public const string Google = "google";

    /// <summary>
    /// Tells Gemini 3 that a call of this history has no signature because another model made it; without one it refuses the
    /// turn (ai.google.dev, thought signatures, "migrating from other models").
    /// </summary>
    public const string SkipValidation = "skip_thought_signature_validator";

    private const string Prefix = "weir1.";

    /// <summary>How a sealed value begins on the wire: base64 of the prefix, the same in both alphabets.</summary>
    public static ReadOnlySpan<byte> Mark => "d2VpcjEu"u8;

    /// <summary>What a Gemini client sees.</summary>
    public static string Seal(string value, string vendor, bool isRedacted)
        => vendor == Google ? value : Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Prefix}{(isRedacted ? 'r' : 't')}.{vendor}.{value}"));

    /// <summary>The signature, who made it, and whether it is encrypted reasoning.</summary>
    public static (string Value, string Vendor, bool IsRedacted) Open(string signature)
    {
        if (!signature.AsSpan().StartsWith("d2VpcjEu", StringComparison.Ordinal) || Decode(signature) is not { } text)
            return (signature, Google, false);
        string[] parts = text[Prefix.Length..].Split('.', 3);
        return parts is ["t" or "r", var vendor, var value] ? (value, vendor, parts[0] == "r") : (signature, Google, false);
    }

    private static string? Decode(string signature)
    {
        string plain = signature.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        byte[] bytes = new byte[plain.Length];
        return Convert.TryFromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='), bytes, out int written)
            ? Encoding.UTF8.GetString(bytes, 0, written)
            : null;
    }
}
