using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;
using Weir.Core.Dialects.Media;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// Images and documents. The upstream fetches URLs itself; Weir never does (SSRF). A file id is worth something only to
/// the provider that gave it: those of others are refused.
/// </summary>
internal sealed class MediaWriter(Utf8JsonWriter json, TranslationNotes notes)
{
    public void Image(ContentPart.Image image, string path)
    {
        if (image.Detail is not (null or "auto"))
            notes.Drop($"{path}.detail", "Anthropic chooses the resolution itself.");
        (string? base64, string? mediaType, string? url) = DataUrl.Unfold(image.Base64, image.MediaType, image.Url);
        mediaType = mediaType is null or "image/*" ? MediaSignature.TypeOf(base64) : mediaType == "image/jpg" ? "image/jpeg" : mediaType;
        if (base64 is not null && mediaType is not ("image/jpeg" or "image/png" or "image/gif" or "image/webp"))
        {
            notes.Refuse(path, "Anthropic takes images in JPEG, PNG, GIF and WebP only.");
            return;
        }

        Begin("image"u8);
        WriteSource(base64, mediaType, url, image.FileKeeper == FileKeepers.Anthropic ? image.FileId : null, path);
        End(image);
    }

    public void Document(ContentPart.Document document, string path)
    {
        (string? base64, string? mediaType, string? url) = DataUrl.Unfold(document.Base64, document.MediaType, document.Url);
        string? text = document.PlainText ?? (base64 is not null && mediaType?.StartsWith("text/", StringComparison.Ordinal) == true ? Decode(base64) : null);
        if (text is null && base64 is not null && mediaType is not (null or "application/pdf"))
        {
            notes.Refuse(path, "Anthropic takes documents in PDF and plain text only.");
            return;
        }

        Begin("document"u8);
        if (text is not null)
        {
            json.WriteStartObject("source"u8);
            json.WriteString("type"u8, "text"u8);
            json.WriteString("media_type"u8, "text/plain"u8);
            json.WriteString("data"u8, text);
            json.WriteEndObject();
        }
        else
            WriteSource(base64, "application/pdf", url, document.FileKeeper == FileKeepers.Anthropic ? document.FileId : null, path);
        if (document.Title is { Length: > 0 } title)
            json.WriteString("title"u8, title);
        End(document);
    }

    private void WriteSource(string? base64, string? mediaType, string? url, string? fileId, string path)
    {
        json.WriteStartObject("source"u8);
        if (base64 is not null)
        {
            json.WriteString("type"u8, "base64"u8);
            json.WriteString("media_type"u8, mediaType);
            json.WriteString("data"u8, base64);
        }
        else if (url is not null)
        {
            json.WriteString("type"u8, "url"u8);
            json.WriteString("url"u8, url);
        }
        else if (fileId is not null)
        {
            json.WriteString("type"u8, "file"u8);
            json.WriteString("file_id"u8, fileId);
        }
        else
            notes.Refuse(path, "A file id of another provider means nothing to Anthropic; send the content or a URL.");
        json.WriteEndObject();
    }

    private void Begin(ReadOnlySpan<byte> type)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, type);
    }

    private void End(ContentPart part)
    {
        json.WriteRaw("cache_control"u8, part.CacheControl);
        json.WriteEndObject();
    }

    private static string? Decode(string base64)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
