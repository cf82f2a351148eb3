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
            if (part.Member("cache_control", JsonValueKind.Object) is { } cache)
                read = read with { CacheControl = cache.ToRaw(body) };
            content.Add(read);
        }
    }

    private ContentPart ReadPart(JsonElement part, string path)
    {
        var type = part.StringMember("type");
        switch (type)
        {
            case "text" when part.StringMember("text") is { } text:
                return new ContentPart.Text(text);
            case "refusal" when part.StringMember("refusal") is { } refusal:
                return new ContentPart.Refusal(refusal);
            case "image_url" when ImageUrl(part) is { } url:
                var detail = part.Member("image_url", JsonValueKind.Object)?.StringMember("detail");
                return DataUrl.TryParse(url, out var mediaType, out var base64)
                    ? new ContentPart.Image(null, base64, mediaType, null, detail)
                    : new ContentPart.Image(url, null, null, null, detail);
            case "input_audio" when part.Member("input_audio", JsonValueKind.Object) is { } audio && audio.StringMember("data") is { } data:
                return new ContentPart.Audio(data, audio.StringMember("format") ?? "wav");
            case "thinking": // Mistral's own answers come back in this shape.
                return new ContentPart.Thinking(part.StringMember("thinking") ?? string.Concat(part.ArrayMember("thinking").Select(t => t.StringMember("text"))),
                    null, ReasoningFormats.Unsigned);
            case "file" when part.Member("file", JsonValueKind.Object) is { } file:
                return ReadFile(file, path);
            default:
                return new ContentPart.Opaque(OpenAiChatDialect.DialectName, type ?? "", part.ToRaw(body));
        }
    }

    private ContentPart ReadFile(JsonElement file, string path)
    {
        var name = file.StringMember("filename");
        if (file.StringMember("file_id") is { } id)
            return new ContentPart.Document(null, null, null, id, null, name) { FileKeeper = FileKeepers.OpenAi };
        if (file.StringMember("file_data") is not { } data)
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
        part.StringMember("image_url") ?? part.Member("image_url", JsonValueKind.Object)?.StringMember("url");
}
