using System.Text;

namespace Weir.Core.Canon;

/// <summary>A piece of a message. Closed set; what no dialect but its own understands is <see cref="Opaque"/>.</summary>
public abstract record ContentPart
{
    private ContentPart() { }

    /// <summary>Prompt-cache marker of this part as sent (Anthropic <c>cache_control</c> object), or empty.</summary>
    public RawJson CacheControl { get; init; }

    /// <summary>Plain text. <paramref name="Annotations"/>: citations as sent by the source dialect, or empty.</summary>
    public sealed record Text(string Value, RawJson Annotations = default) : ContentPart;

    /// <summary>An image: exactly one of <paramref name="Url"/> (http(s)), <paramref name="Base64"/> or <paramref name="FileId"/>.</summary>
    public sealed record Image(string? Url, string? Base64, string? MediaType, string? FileId, string? Detail) : ContentPart
    {
        /// <summary>Which of <see cref="FileKeepers"/> knows <see cref="FileId"/>; means nothing without one.</summary>
        public string? FileKeeper { get; init; }
    }

    /// <summary>A document (PDF or text): one of url, base64, plain text or file id.</summary>
    public sealed record Document(string? Url, string? Base64, string? MediaType, string? FileId, string? PlainText, string? Title)
        : ContentPart
    {
        /// <summary>Which of <see cref="FileKeepers"/> knows <see cref="FileId"/>; means nothing without one.</summary>
        public string? FileKeeper { get; init; }

        /// <summary>The words under their title, for upstreams that read text only; null when it is not text.</summary>
        public string? AsText() =>
            (PlainText ?? Decoded()) is not { } text ? null : Title is { Length: > 0 } ? $"{Title}\n\n{text}" : text;

        private string? Decoded()
        {
            if (Base64 is null || MediaType?.StartsWith("text/", StringComparison.Ordinal) != true)
                return null;
            var bytes = new byte[(Base64.Length / 4 * 3) + 3];
            return Convert.TryFromBase64String(Base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
        }
    }

    /// <summary>Input audio, base64, with its format (<c>wav</c>, <c>mp3</c>).</summary>
    public sealed record Audio(string Base64, string Format) : ContentPart;

    /// <summary>The model asks for a tool. <paramref name="ArgumentsJson"/> is the text the model produced: it may be invalid JSON.</summary>
    public sealed record ToolCall(string Id, string Name, string ArgumentsJson) : ContentPart
    {
        /// <summary>Signature the vendor put on the call itself (Gemini <c>thoughtSignature</c>), or null.</summary>
        public string? Signature { get; init; }

        /// <summary>Who signed, or null.</summary>
        public string? Vendor { get; init; }
    }

    /// <summary>What the tool answered.</summary>
    public sealed record ToolResult(string CallId, IReadOnlyList<ContentPart> Content, bool IsError) : ContentPart;

    /// <summary>Reasoning text with the vendor's signature. <paramref name="Vendor"/> names who signed (never replay to another).</summary>
    public sealed record Thinking(string Value, string? Signature, string Vendor) : ContentPart;

    /// <summary>Encrypted reasoning of a vendor.</summary>
    public sealed record RedactedThinking(string Data, string Vendor) : ContentPart;

    /// <summary>The model declined (OpenAI <c>refusal</c>).</summary>
    public sealed record Refusal(string Value) : ContentPart;

    /// <summary>A part only its own dialect knows, kept whole.</summary>
    public sealed record Opaque(string Dialect, string Type, RawJson Json) : ContentPart;
}
