using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;
using Weir.Core.Dialects.Media;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>Reads <c>content</c> and <c>output</c>: a string or parts. What only this dialect knows is kept whole.</summary>
internal sealed class InputPartReader(ReadOnlyMemory<byte> body, TranslationNotes notes)
{
    public void Read(JsonElement item, string member, string path, List<ContentPart> content)
    {
        if (!item.TryGetProperty(member, out var value))
            return;
        if (value.ValueKind == JsonValueKind.String)
        {
            if (value.Text() is { Length: > 0 } text)
                content.Add(new ContentPart.Text(text));
            return;
        }

        var i = 0;
        foreach (var part in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default)
            content.Add(ReadPart(part, string.Create(CultureInfo.InvariantCulture, $"{path}.{member}[{i++}]")));
    }

    private ContentPart ReadPart(JsonElement part, string path)
    {
        var type = part.Text("type"u8);
        switch (type)
        {
            case "input_text" or "output_text" or "text" when part.Text("text"u8) is { } text:
                NoteRest(part, path, "text", "annotations", "logprobs");
                return new ContentPart.Text(text);
            case "refusal" when part.Text("refusal"u8) is { } refusal:
                return new ContentPart.Refusal(refusal);
            case "input_image":
                NoteRest(part, path, "image_url", "file_id", "detail");
                return ReadImage(part);
            case "input_file":
                NoteRest(part, path, "file_id", "file_data", "file_url", "filename");
                return ReadFile(part, path);
            case "input_audio" when part.Object("input_audio"u8) is { } audio && audio.Text("data"u8) is { } data:
                return new ContentPart.Audio(data, audio.Text("format"u8) ?? "wav");
            default:
                return new ContentPart.Opaque(OpenAiResponsesDialect.DialectName, type ?? "", part.ToRaw(body));
        }
    }

    private static ContentPart.Image ReadImage(JsonElement part)
    {
        var detail = part.Text("detail"u8);
        var url = part.Text("image_url"u8);
        if (url is null)
            return new ContentPart.Image(null, null, null, part.Text("file_id"u8) ?? "", detail) { FileKeeper = FileKeepers.OpenAi };
        return DataUrl.TryParse(url, out var mediaType, out var base64)
            ? new ContentPart.Image(null, base64, mediaType, null, detail)
            : new ContentPart.Image(url, null, null, null, detail);
    }

    private ContentPart ReadFile(JsonElement part, string path)
    {
        var name = part.Text("filename"u8);
        if (part.Text("file_id"u8) is { } id)
            return new ContentPart.Document(null, null, null, id, null, name) { FileKeeper = FileKeepers.OpenAi };
        if (part.Text("file_url"u8) is { } url)
            return new ContentPart.Document(url, null, null, null, null, name);
        if (part.Text("file_data"u8) is { } data)
        {
            return DataUrl.TryParse(data, out var mediaType, out var base64)
                ? new ContentPart.Document(null, base64, mediaType, null, null, name)
                : new ContentPart.Document(null, data, "application/pdf", null, null, name);
        }

        notes.Refuse(path, "a file part needs file_id, file_url or file_data");
        return new ContentPart.Text("");
    }

    private void NoteRest(JsonElement part, string path, params ReadOnlySpan<string> read)
    {
        foreach (var member in part.EnumerateObject())
        {
            if (member.Name != "type" && member.Value.ValueKind != JsonValueKind.Null && !read.Contains(member.Name))
                notes.Drop($"{path}.{member.Name}", "no counterpart in other dialects");
        }
    }
}
