using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;
using Weir.Core.Dialects.Media;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>Writes the content of a message or the output of a tool: a string when it is one text, parts otherwise.</summary>
internal sealed class InputPartWriter(Utf8JsonWriter json, TranslationNotes notes)
{
    public void WriteContent(IReadOnlyList<ContentPart> parts, string path)
    {
        if (parts is [])
        {
            json.WriteStringValue(""u8);
            return;
        }

        if (parts is [ContentPart.Text only])
        {
            json.WriteStringValue(only.Value);
            return;
        }

        json.WriteStartArray();
        foreach (var part in parts)
            WritePart(part, path);

        json.WriteEndArray();
    }

    /// <summary>What the assistant said: text, or a refusal.</summary>
    public static void WriteSaid(Utf8JsonWriter json, ContentPart part)
    {
        json.WriteStartObject();
        if (part is ContentPart.Refusal refusal)
        {
            json.WriteString("type"u8, "refusal"u8);
            json.WriteString("refusal"u8, refusal.Value);
        }
        else
        {
            json.WriteString("type"u8, "output_text"u8);
            json.WriteString("text"u8, ((ContentPart.Text)part).Value);
        }

        json.WriteEndObject();
    }

    /// <summary>Prompt-cache markers are of no use here.</summary>
    public void NoteCache(ContentPart part, string path)
    {
        if (!part.CacheControl.IsEmpty)
            notes.Drop($"{path}.cache_control", "the upstream caches prompts on its own");
    }

    private void WritePart(ContentPart part, string path)
    {
        switch (part)
        {
            case ContentPart.Text text:
                WriteText(text.Value);
                break;
            case ContentPart.Refusal refusal:
                WriteText(refusal.Value);
                break;
            case ContentPart.Image { FileId: not null, FileKeeper: not FileKeepers.OpenAi } or ContentPart.Document { FileId: not null, FileKeeper: not FileKeepers.OpenAi }:
                notes.Refuse(path, "a file of another provider cannot be sent");
                break;
            case ContentPart.Image image:
                json.WriteStartObject();
                json.WriteString("type"u8, "input_image"u8);
                if (image.FileId is not null)
                    json.WriteString("file_id"u8, image.FileId);
                else
                    json.WriteString("image_url"u8, image.Url ?? DataUrl.Format(image.MediaType, image.Base64!));
                json.WriteString("detail"u8, image.Detail ?? "auto");
                json.WriteEndObject();
                break;
            case ContentPart.Document document:
                WriteDocument(document, path);
                break;
            case ContentPart.Opaque { Dialect: OpenAiResponsesDialect.DialectName } own:
                json.WriteRaw(own.Json);
                break;
            default:
                notes.Refuse(path, part is ContentPart.Audio ? "the OpenAI Responses API takes no audio" : "this content cannot be sent to the upstream");
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

        json.WriteStartObject();
        json.WriteString("type"u8, "input_file"u8);
        if (document.FileId is not null)
        {
            json.WriteString("file_id"u8, document.FileId);
        }
        else if (document.Url is not null)
        {
            json.WriteString("file_url"u8, document.Url);
        }
        else
        {
            json.WriteString("filename"u8, document.Title ?? "document");
            json.WriteString("file_data"u8, DataUrl.Format(document.MediaType, document.Base64!));
        }

        json.WriteEndObject();
    }

    private void WriteText(string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "input_text"u8);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    }
}
