using Weir.Core.Canon;

namespace Weir.Core.Tokens.Prompts;

/// <summary>
/// Tokens of images, audio and documents in a prompt: by the vendor's rule where the size can be read from the data, and
/// by an ordinary size where only an address is known. Nothing is fetched.
/// </summary>
internal static class ImageTokens
{
    private static readonly ImageSize Ordinary = new(1024, 1024);

    /// <summary>OpenAI: a token for a tenth of a second; 24 kHz of 16 bits, or MP3 at 64 kbit/s.</summary>
    private const int AudioTokensPerSecond = 10;
    private const int WaveBytesPerSecond = 48_000;
    private const int PackedBytesPerSecond = 8_000;

    /// <summary>A page of a PDF: 40 KB of file, 1,500 tokens (the low end of what Anthropic states).</summary>
    private const int PageBytes = 40_000;
    private const int PageTokens = 1_500;

    public static long OfAll(string model, ModelRequest request)
    {
        var rule = ImageRule.Of(model);
        return request.Messages.Sum(m => m.Content.Sum(p => Of(rule, p)));
    }

    private static long Of(ImageRule rule, ContentPart part) => part switch
    {
        ContentPart.Image image => rule.Tokens(image.Base64 is { } data ? ImageSize.FromBase64(data) ?? Ordinary : Ordinary, image.Detail),
        ContentPart.Audio audio => AudioTokensPerSecond * Whole(Bytes(audio.Base64), audio.Format == "wav" ? WaveBytesPerSecond : PackedBytesPerSecond),
        ContentPart.Document { PlainText: null } document => PageTokens * Whole(document.Base64 is { } data ? Bytes(data) : 1, PageBytes),
        ContentPart.ToolResult result => result.Content.Sum(p => Of(rule, p)),
        _ => 0,
    };

    private static long Bytes(string base64) => base64.Length / 4L * 3;

    private static long Whole(long amount, int unit) => Math.Max(1, (amount + unit - 1) / unit);
}
