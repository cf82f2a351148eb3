namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>
/// <c>reasoning_details[].format</c> (OpenRouter's way of carrying signatures) names the vendor that signed.
/// Unsigned reasoning has no vendor: the empty string.
/// </summary>
internal static class ReasoningFormats
{
    public const string Unsigned = "";

    public static string VendorOf(string? format) => format switch
    {
        null or "" or "unknown" => Unsigned,
        _ when format.StartsWith("anthropic", StringComparison.Ordinal) => "anthropic",
        _ when format.StartsWith("openai", StringComparison.Ordinal) => "openai",
        _ when format.StartsWith("azure-openai", StringComparison.Ordinal) => "openai",
        _ when format.StartsWith("google", StringComparison.Ordinal) => "google",
        _ when format.StartsWith("xai", StringComparison.Ordinal) => "xai",
        _ => format,
    };

    public static string FormatOf(string vendor) => vendor switch
    {
        "anthropic" => "anthropic-claude-v1",
        "openai" => "openai-responses-v1",
        "google" => "google-gemini-v1",
        "xai" => "xai-responses-v1",
        "" => "unknown",
        _ => vendor,
    };
}
