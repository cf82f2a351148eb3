using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Media;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Images, documents and audio. Google fetches URLs itself; Weir never does. A file id is worth something only to the
/// provider that gave it: those of others are refused.
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
        (base64, mediaType, url) = DataUrl.Unfold(base64, mediaType, url);
        if (base64 is not null)
            Inline(mediaType is null or "image/*" ? MediaSignature.TypeOf(base64) ?? fallback : mediaType == "image/jpg" ? "image/jpeg" : mediaType, base64);
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
