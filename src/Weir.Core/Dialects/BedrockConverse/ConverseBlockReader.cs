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
    public static RawJson CacheControl(JsonElement cachePoint) => RawJson.FromText(cachePoint.Text("ttl"u8) switch
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
                return new ContentPart.Text(value.ToRaw(body).ToString());
            case "image" when Bytes(value) is { } image:
                return new ContentPart.Image(null, image, MediaFormats.ImageType(value.Text("format"u8)), null, null);
            case "document":
                return ReadDocument(block, value, path);
            case "audio" when Bytes(value) is { } audio:
                return new ContentPart.Audio(audio, value.Text("format"u8) ?? "wav");
            case "toolUse":
                value.DropOthers($"{path}.toolUse", notes, "toolUseId", "name", "input", "type");
                return new ContentPart.ToolCall(ToolUseIds.ToOrigin(value.Text("toolUseId"u8) ?? ""), value.Text("name"u8) ?? "",
                    value.Member("input"u8) is { } input ? input.ToRaw(body).ToString() : "{}");
            case "toolResult":
                value.DropOthers($"{path}.toolResult", notes, "toolUseId", "content", "status", "type");
                return new ContentPart.ToolResult(ToolUseIds.ToOrigin(value.Text("toolUseId"u8) ?? ""),
                    value.Member("content"u8) is { } result ? Read(result, $"{path}.toolResult.content") : [], value.Text("status"u8) == "error");
            case "reasoningContent":
                return ReadReasoning(value);
            case "guardContent" when value.Member("text"u8) is { } guarded && guarded.Text("text"u8) is { } text:
                notes.Adapt(path, "Guarded text became plain text: guardrails exist at Bedrock only.");
                return new ContentPart.Text(text);
            case "guardContent" when value.Member("image"u8) is { } picture && Bytes(picture) is { } guardedImage:
                notes.Adapt(path, "A guarded image became a plain image: guardrails exist at Bedrock only.");
                return new ContentPart.Image(null, guardedImage, MediaFormats.ImageType(picture.Text("format"u8)), null, null);
            case "searchResult":
                notes.Adapt(path, "A search result became a text document.");
                value.DropOthers($"{path}.searchResult", notes, "source", "title", "content");
                return new ContentPart.Document(null, null, "text/plain", null,
                    string.Join("\n", value.Items("content"u8).Select(c => c.Text("text"u8)).Prepend(value.Text("source"u8))), value.Text("title"u8));
            case "citationsContent":
                notes.Drop($"{path}.citationsContent.citations", "Citations point into the other dialect's documents.");
                return new ContentPart.Text(string.Concat(value.Items("content"u8).Select(c => c.Text("text"u8))));
            case "":
                notes.Refuse(path, "A content block must be an object with one member.");
                return null;
            default:
                return new ContentPart.Opaque(BedrockConverseDialect.DialectName, name, block.ToRaw(body));
        }
    }

    private ContentPart ReadDocument(JsonElement block, JsonElement document, string path)
    {
        document.DropOthers($"{path}.document", notes, "format", "name", "source");
        var title = document.Text("name"u8);
        var format = document.Text("format"u8);
        if (document.Member("source"u8) is not { } source)
            source = default;
        if (source.Text("bytes"u8) is { } bytes)
            return new ContentPart.Document(null, bytes, MediaFormats.DocumentType(format), null, null, title);
        if (source.Text("text"u8) is { } text)
            return new ContentPart.Document(null, null, "text/plain", null, text, title);
        return source.Member("content"u8) is not null
            ? new ContentPart.Document(null, null, "text/plain", null, string.Join("\n", source.Items("content"u8).Select(c => c.Text("text"u8))), title)
            : new ContentPart.Opaque(BedrockConverseDialect.DialectName, "document", block.ToRaw(body));
    }

    private static ContentPart ReadReasoning(JsonElement value)
    {
        if (value.Text("redactedContent"u8) is { } blob)
        {
            var (data, owner) = ReasoningSeal.OpenBlob(blob, ReasoningSeal.Anthropic);
            return new ContentPart.RedactedThinking(data, owner);
        }
        var reasoning = value.Object("reasoningText"u8) ?? default;
        var (signature, vendor) = ReasoningSeal.Open(reasoning.Text("signature"u8), ReasoningSeal.Anthropic);
        return new ContentPart.Thinking(reasoning.Text("text"u8) ?? "", signature, vendor);
    }

    private static string? Bytes(JsonElement media) => media.Member("source"u8) is { } source ? source.Text("bytes"u8) : null;
}
