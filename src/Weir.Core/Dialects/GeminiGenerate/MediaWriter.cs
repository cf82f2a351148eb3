using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Images, documents and audio. Google fetches URLs itself; Weir never does. A file id is worth something only to the
/// provider that gave it: Google's are URIs of its Files API or of Cloud Storage.
/// </summary>
internal sealed class MediaWriter(Utf8JsonWriter json, TranslationNotes notes)
{
    public void Write(ContentPart part, string path)
    {
        switch (part)
        {
            case ContentPart.Image image:
                if (image.Detail is not (null or "auto"))
                    notes.Drop($"{path}.detail", "Gemini chooses the resolution itself.");
                Source(image.Base64, image.MediaType, image.Url, image.FileKeeper == FileKeepers.Google ? image.FileId : null, "image/jpeg", path);
                break;
            case ContentPart.Audio audio:
                Inline($"audio/{(audio.Format == "mp3" ? "mpeg" : audio.Format)}", audio.Base64);
                break;
            case ContentPart.Document { PlainText: not null } document:
                json.WriteStartObject();
                json.WriteString("text"u8, document.AsText());
                json.WriteEndObject();
                break;
            case ContentPart.Document document:
                Source(document.Base64, document.MediaType, document.Url, document.FileKeeper == FileKeepers.Google ? document.FileId : null, "application/pdf", path);
                break;
            default:
                notes.Refuse(path, "Gemini has no counterpart for this content.");
                break;
        }
    }

    private void Source(string? base64, string? mediaType, string? url, string? fileId, string fallback, string path)
    {
        if (base64 is null && url?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) == true)
            (base64, mediaType, url) = DataUrl(url, mediaType);
        if (base64 is not null)
            Inline(mediaType is null or "image/*" ? Sniff(base64) ?? fallback : mediaType == "image/jpg" ? "image/jpeg" : mediaType, base64);
        else if (url is not null)
            File(url, mediaType ?? TypeOf(url) ?? fallback);
        else if (fileId is not null)
            File(fileId, mediaType ?? fallback);
        else
            notes.Refuse(path, "A file id of another provider means nothing to Google; send the content or a URL.");
    }

    private void Inline(string mediaType, string base64)
    {
        json.WriteStartObject();
        json.WriteStartObject("inlineData"u8);
        json.WriteString("mimeType"u8, mediaType);
        json.WriteString("data"u8, base64);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void File(string uri, string mediaType)
    {
        json.WriteStartObject();
        json.WriteStartObject("fileData"u8);
        json.WriteString("mimeType"u8, mediaType);
        json.WriteString("fileUri"u8, uri);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static (string? Base64, string? MediaType, string? Url) DataUrl(string url, string? mediaType)
    {
        int comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
            return (null, mediaType, null);
        string head = url[5..comma];
        int end = head.IndexOf(';', StringComparison.Ordinal);
        string named = end < 0 ? head : head[..end];
        return (url[(comma + 1)..], named.Length > 0 ? named : mediaType, null);
    }

    private static string? Sniff(string base64)
        => base64.StartsWith("iVBORw0KGgo", StringComparison.Ordinal) ? "image/png"
            : base64.StartsWith("/9j/", StringComparison.Ordinal) ? "image/jpeg"
            : base64.StartsWith("R0lGOD", StringComparison.Ordinal) ? "image/gif"
            : base64.StartsWith("UklGR", StringComparison.Ordinal) ? "image/webp"
            : base64.StartsWith("JVBERi0", StringComparison.Ordinal) ? "application/pdf"
            : null;

    private static string? TypeOf(string url)
    {
        int end = url.AsSpan().IndexOfAny('?', '#');
        return Path.GetExtension(end < 0 ? url : url[..end]).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".jpg" or ".jpeg" => "image/jpeg",
            ".gif" => "image/gif",
            ".webp" => "image/webp",
            ".pdf" => "application/pdf",
            ".txt" => "text/plain",
            _ => null,
        };
    }
}
