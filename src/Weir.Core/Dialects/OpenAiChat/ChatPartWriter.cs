using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;
using Weir.Core.Dialects.Media;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>Writes <c>content</c>: a plain string when it is one text, else parts.</summary>
internal sealed class ChatPartWriter(Utf8JsonWriter json, TranslationNotes notes)
{
    /// <param name="parts">The parts; may be none.</param>
    /// <param name="path">Place in the client's request, for notes.</param>
    /// <param name="joinTexts">Texts become one string: blocks of an answer are one text in this dialect.</param>
    public void WriteContent(IReadOnlyList<ContentPart> parts, string path, bool joinTexts = false)
    {
        foreach (var part in parts)
        {
            if (!part.CacheControl.IsEmpty)
                notes.Drop($"{path}.cache_control", "the upstream caches prompts on its own");
            if (part is ContentPart.Text { Annotations.IsEmpty: false })
                notes.Drop($"{path}.citations", "citations cannot be sent back to the upstream");
        }

        if (parts.Count <= 1 || joinTexts)
        {
            if (parts.All(p => p is ContentPart.Text))
            {
                json.WriteString("content"u8, string.Concat(parts.Select(p => ((ContentPart.Text)p).Value)));
                return;
            }
        }

        json.WriteStartArray("content"u8);
        for (var i = 0; i < parts.Count; i++)
            WritePart(parts[i], string.Create(CultureInfo.InvariantCulture, $"{path}.content[{i}]"));
        json.WriteEndArray();
    }

    private void WritePart(ContentPart part, string path)
    {
        switch (part)
        {
            case ContentPart.Text text:
                WriteText(text.Value);
                break;
            case ContentPart.Thinking thinking:
                json.WriteStartObject();
                json.WriteString("type"u8, "thinking"u8);
                json.WriteStartArray("thinking"u8);
                WriteText(thinking.Value);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case ContentPart.Refusal refusal:
                WriteText(refusal.Value);
                break;
            case ContentPart.Image { FileId: null } image:
                json.WriteStartObject();
                json.WriteString("type"u8, "image_url"u8);
                json.WriteStartObject("image_url"u8);
                json.WriteString("url"u8, image.Url ?? DataUrl.Format(image.MediaType, image.Base64!));
                if (image.Detail is not null)
                    json.WriteString("detail"u8, image.Detail);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case ContentPart.Audio audio:
                json.WriteStartObject();
                json.WriteString("type"u8, "input_audio"u8);
                json.WriteStartObject("input_audio"u8);
                json.WriteString("data"u8, audio.Base64);
                json.WriteString("format"u8, audio.Format);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case ContentPart.Document document:
                WriteDocument(document, path);
                break;
            case ContentPart.Opaque { Dialect: OpenAiChatDialect.DialectName } own:
                json.WriteRaw(own.Json);
                break;
            case ContentPart.Image:
                notes.Refuse(path, "the upstream takes images inline or by URL, not by file id");
                break;
            default:
                notes.Refuse(path, "this content cannot be sent to the upstream");
                break;
        }
    }

    private void WriteDocument(ContentPart.Document document, string path)
    {
        if (document.PlainText is not null)
        {
            notes.Adapt(path, "a text document became a text part");
            WriteText(document.AsText()!);
            return;
        }

        var isOwnFile = document is { FileId: not null, FileKeeper: FileKeepers.OpenAi };
        if (document.Base64 is null && !isOwnFile)
        {
            notes.Refuse(path, document.FileId is null ? "the upstream takes documents inline or by file id, not by URL" : "a file of another provider cannot be sent");
            return;
        }

        json.WriteStartObject();
        json.WriteString("type"u8, "file"u8);
        json.WriteStartObject("file"u8);
        if (isOwnFile)
        {
            json.WriteString("file_id"u8, document.FileId);
        }
        else
        {
            json.WriteString("filename"u8, document.Title ?? "document");
            json.WriteString("file_data"u8, DataUrl.Format(document.MediaType, document.Base64!));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteText(string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    }
}
