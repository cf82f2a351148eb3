using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;
using Weir.Core.Dialects.Media;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>Reads <c>content</c>: a string or parts. What only this dialect knows is kept whole.</summary>
internal sealed class ChatPartReader(ReadOnlyMemory<byte> body, TranslationNotes notes)
{
    public void Read(JsonElement message, string path, List<ContentPart> content)
    {
        if (!message.TryGetProperty("content"u8, out var value))
            return;
        if (value.ValueKind == JsonValueKind.String)
        {
            if (value.GetString() is { Length: > 0 } text)
                content.Add(new ContentPart.Text(text));
            return;
        }

        if (value.ValueKind != JsonValueKind.Array)
            return;
        var i = 0;
        foreach (var part in value.EnumerateArray())
        {
            var read = ReadPart(part, string.Create(CultureInfo.InvariantCulture, $"{path}.content[{i++}]"));
            if (part.Object("cache_control"u8) is { } cache)
                read = read with { CacheControl = cache.ToRaw(body) };
            content.Add(read);
        }
    }

    private ContentPart ReadPart(JsonElement part, string path)
    {
        var type = part.Text("type"u8);
        switch (type)
        {
            case "text" when part.Text("text"u8) is { } text:
                return new ContentPart.Text(text);
            case "refusal" when part.Text("refusal"u8) is { } refusal:
                return new ContentPart.Refusal(refusal);
            case "image_url" when ImageUrl(part) is { } url:
                var detail = part.Object("image_url"u8)?.Text("detail"u8);
                return DataUrl.TryParse(url, out var mediaType, out var base64)
                    ? new ContentPart.Image(null, base64, mediaType, null, detail)
                    : new ContentPart.Image(url, null, null, null, detail);
            case "input_audio" when part.Object("input_audio"u8) is { } audio && audio.Text("data"u8) is { } data:
                return new ContentPart.Audio(data, audio.Text("format"u8) ?? "wav");
            case "thinking": // Mistral's own answers come back in this shape.
                return new ContentPart.Thinking(part.Text("thinking"u8) ?? string.Concat(part.Items("thinking"u8).Select(t => t.Text("text"u8))),
                    null, ReasoningFormats.Unsigned);
            case "file" when part.Object("file"u8) is { } file:
                return ReadFile(file, path);
            default:
                return new ContentPart.Opaque(OpenAiChatDialect.DialectName, type ?? "", part.ToRaw(body));
        }
    }

    private ContentPart ReadFile(JsonElement file, string path)
    {
        var name = file.Text("filename"u8);
        if (file.Text("file_id"u8) is { } id)
            return new ContentPart.Document(null, null, null, id, null, name) { FileKeeper = FileKeepers.OpenAi };
        if (file.Text("file_data"u8) is not { } data)
        {
            notes.Refuse(path, "a file part needs file_id or file_data");
            return new ContentPart.Text("");
        }

        return DataUrl.TryParse(data, out var mediaType, out var base64)
            ? new ContentPart.Document(null, base64, mediaType, null, null, name)
            : data.StartsWith("http", StringComparison.OrdinalIgnoreCase)
                ? new ContentPart.Document(data, null, null, null, null, name)
                : new ContentPart.Document(null, data, "application/pdf", null, null, name);
    }

    // By the book an object; some clients send the URL itself (Mistral's form).
    private static string? ImageUrl(JsonElement part) =>
        part.Text("image_url"u8) ?? part.Object("image_url"u8)?.Text("url"u8);
}
