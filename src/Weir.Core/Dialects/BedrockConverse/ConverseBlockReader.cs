using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Blocks as canonical parts. Blocks no other dialect knows are kept whole as <see cref="ContentPart.Opaque"/>.</summary>
internal sealed class ConverseBlockReader(ReadOnlyMemory<byte> body, TranslationNotes notes)
{
    /// <summary>Reads an array of blocks.</summary>
    public IReadOnlyList<ContentPart> Read(JsonElement content, string path)
    {
        if (content.ValueKind != JsonValueKind.Array)
            return [];
        var parts = new List<ContentPart>(content.GetArrayLength());
        var index = 0;
        foreach (var block in content.EnumerateArray())
        {
            var at = $"{path}[{index++}]";
            var (name, value) = block.Union();
            // A cache point marks the end of what stands before it.
            if (name == "cachePoint")
                Mark(parts, value, at);
            else if (ReadBlock(block, name, value, at) is { } part)
                parts.Add(part);
        }

        return parts;
    }

    /// <summary>The marker in canon's spelling (an Anthropic <c>cache_control</c> object).</summary>
    public static RawJson CacheControl(JsonElement cachePoint) => RawJson.FromText(cachePoint.Str("ttl"u8) switch
    {
        "1h" => """{"type":"ephemeral","ttl":"1h"}""",
        "5m" => """{"type":"ephemeral","ttl":"5m"}""",
        _ => """{"type":"ephemeral"}""",
    });

    private void Mark(List<ContentPart> parts, JsonElement cachePoint, string path)
    {
        if (parts.Count == 0)
            notes.Drop(path, "A cache point with nothing before it.");
        else
            parts[^1] = parts[^1] with { CacheControl = CacheControl(cachePoint) };
    }

    private ContentPart? ReadBlock(JsonElement block, string name, JsonElement value, string path)
    {
        switch (name)
        {
            case "text":
                return new ContentPart.Text(value.ValueKind == JsonValueKind.String ? value.Text() : "");
            case "json":
                return new ContentPart.Text(value.Raw(body).ToString());
            case "image" when Bytes(value) is { } image:
                return new ContentPart.Image(null, image, MediaFormats.ImageType(value.Str("format"u8)), null, null);
            case "document":
                return ReadDocument(block, value, path);
            case "audio" when Bytes(value) is { } audio:
                return new ContentPart.Audio(audio, value.Str("format"u8) ?? "wav");
            case "toolUse":
                value.DropOthers($"{path}.toolUse", notes, "toolUseId", "name", "input", "type");
                return new ContentPart.ToolCall(ToolUseIds.ToOrigin(value.Str("toolUseId"u8) ?? ""), value.Str("name"u8) ?? "",
                    value.TryMember("input"u8, out var input) ? input.Raw(body).ToString() : "{}");
            case "toolResult":
                value.DropOthers($"{path}.toolResult", notes, "toolUseId", "content", "status", "type");
                return new ContentPart.ToolResult(ToolUseIds.ToOrigin(value.Str("toolUseId"u8) ?? ""),
                    value.TryMember("content"u8, out var result) ? Read(result, $"{path}.toolResult.content") : [], value.Str("status"u8) == "error");
            case "reasoningContent":
                return ReadReasoning(value);
            case "guardContent" when value.TryMember("text"u8, out var guarded) && guarded.Str("text"u8) is { } text:
                notes.Adapt(path, "Guarded text became plain text: guardrails exist at Bedrock only.");
                return new ContentPart.Text(text);
            case "guardContent" when value.TryMember("image"u8, out var picture) && Bytes(picture) is { } guardedImage:
                notes.Adapt(path, "A guarded image became a plain image: guardrails exist at Bedrock only.");
                return new ContentPart.Image(null, guardedImage, MediaFormats.ImageType(picture.Str("format"u8)), null, null);
            case "searchResult":
                notes.Adapt(path, "A search result became a text document.");
                value.DropOthers($"{path}.searchResult", notes, "source", "title", "content");
                return new ContentPart.Document(null, null, "text/plain", null,
                    string.Join("\n", value.Items("content"u8).Select(c => c.Str("text"u8)).Prepend(value.Str("source"u8))), value.Str("title"u8));
            case "citationsContent":
                notes.Drop($"{path}.citationsContent.citations", "Citations point into the other dialect's documents.");
                return new ContentPart.Text(string.Concat(value.Items("content"u8).Select(c => c.Str("text"u8))));
            case "":
                notes.Refuse(path, "A content block must be an object with one member.");
                return null;
            default:
                return new ContentPart.Opaque(BedrockConverseDialect.DialectName, name, block.Raw(body));
        }
    }

    private ContentPart ReadDocument(JsonElement block, JsonElement document, string path)
    {
        document.DropOthers($"{path}.document", notes, "format", "name", "source");
        var title = document.Str("name"u8);
        var format = document.Str("format"u8);
        if (!document.TryMember("source"u8, out var source))
            source = default;
        if (source.Str("bytes"u8) is { } bytes)
            return new ContentPart.Document(null, bytes, MediaFormats.DocumentType(format), null, null, title);
        if (source.Str("text"u8) is { } text)
            return new ContentPart.Document(null, null, "text/plain", null, text, title);
        return source.TryMember("content"u8, out _)
            ? new ContentPart.Document(null, null, "text/plain", null, string.Join("\n", source.Items("content"u8).Select(c => c.Str("text"u8))), title)
            : new ContentPart.Opaque(BedrockConverseDialect.DialectName, "document", block.Raw(body));
    }

    private static ContentPart ReadReasoning(JsonElement value)
    {
        if (value.Str("redactedContent"u8) is { } blob)
        {
            var (data, owner) = ReasoningSeal.OpenBlob(blob, ReasoningSeal.Anthropic);
            return new ContentPart.RedactedThinking(data, owner);
        }
        value.TryMember("reasoningText"u8, out var reasoning);
        var (signature, vendor) = ReasoningSeal.Open(reasoning.Str("signature"u8), ReasoningSeal.Anthropic);
        return new ContentPart.Thinking(reasoning.Str("text"u8) ?? "", signature, vendor);
    }

    private static string? Bytes(JsonElement media) => media.TryMember("source"u8, out var source) ? source.Str("bytes"u8) : null;
}
