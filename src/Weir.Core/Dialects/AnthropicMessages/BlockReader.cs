using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Content blocks as canonical parts. Blocks no other dialect knows are kept whole as <see cref="ContentPart.Opaque"/>.</summary>
internal sealed class BlockReader(ReadOnlyMemory<byte> body, TranslationNotes notes)
{
    private const string NoCounterpart = "No other dialect has a counterpart.";

    /// <summary>Reads a string or an array of blocks.</summary>
    public IReadOnlyList<ContentPart> Read(JsonElement content, string path)
    {
        if (content.ValueKind == JsonValueKind.String)
            return [new ContentPart.Text(content.Text())];
        if (content.ValueKind != JsonValueKind.Array)
            return [];
        var parts = new List<ContentPart>(content.GetArrayLength());
        int index = 0;
        foreach (JsonElement block in content.EnumerateArray())
        {
            string at = $"{path}[{index++}]";
            if (block.ValueKind != JsonValueKind.Object)
            {
                notes.Refuse(at, "A content block must be an object.");
                continue;
            }

            RawJson cache = block.Member("cache_control"u8) is { } marker ? marker.ToRaw(body) : default;
            parts.Add(ReadBlock(block, at) with { CacheControl = cache });
        }

        return parts;
    }

    private ContentPart ReadBlock(JsonElement block, string path)
    {
        switch (block.Type())
        {
            case "text":
                Check(block, path, "text", "citations");
                return new ContentPart.Text(block.Text("text"u8) ?? "",
                    block.Member("citations"u8) is { } citations ? citations.ToRaw(body) : default);
            case "image" when block.Member("source"u8) is { } image:
                Check(block, path, "source");
                return ReadImage(block, image);
            case "document" when block.Member("source"u8) is { } document:
                Check(block, path, "source", "title");
                return ReadDocument(block, document);
            case "search_result":
                Check(block, path, "source", "title", "content");
                notes.Adapt(path, "A search result became a text document.");
                return new ContentPart.Document(null, null, "text/plain", null,
                    string.Join("\n", block.Items("content"u8).Select(c => c.Text("text"u8)).Prepend(block.Text("source"u8))), block.Text("title"u8));
            case "tool_use":
                Check(block, path, "id", "name", "input", "caller");
                return new ContentPart.ToolCall(ToolIds.ToOrigin(block.Text("id"u8) ?? ""), block.Text("name"u8) ?? "",
                    block.Member("input"u8) is { } input ? input.ToRaw(body).ToString() : "{}");
            case "tool_result":
                Check(block, path, "tool_use_id", "content", "is_error");
                return new ContentPart.ToolResult(ToolIds.ToOrigin(block.Text("tool_use_id"u8) ?? ""),
                    block.Member("content"u8) is { } result ? Read(result, $"{path}.content") : [],
                    block.Flag("is_error"u8) ?? false);
            case "thinking":
                Check(block, path, "thinking", "signature");
                (string? signature, string signer) = SignatureEnvelope.Open(block.Text("signature"u8));
                return new ContentPart.Thinking(block.Text("thinking"u8) ?? "", signature, signer);
            case "redacted_thinking":
                Check(block, path, "data");
                (string? data, string vendor) = SignatureEnvelope.Open(block.Text("data"u8));
                return new ContentPart.RedactedThinking(data ?? "", vendor);
            default:
                return Opaque(block);
        }
    }

    private ContentPart ReadImage(JsonElement block, JsonElement source) => source.Type() switch
    {
        "base64" => new ContentPart.Image(null, source.Text("data"u8), source.Text("media_type"u8), null, null),
        "url" => new ContentPart.Image(source.Text("url"u8), null, null, null, null),
        "file" => new ContentPart.Image(null, null, null, source.Text("file_id"u8), null) { FileKeeper = FileKeepers.Anthropic },
        _ => Opaque(block),
    };

    private ContentPart ReadDocument(JsonElement block, JsonElement source)
    {
        string? title = block.Text("title"u8);
        return source.Type() switch
        {
            "base64" => new ContentPart.Document(null, source.Text("data"u8), source.Text("media_type"u8), null, null, title),
            "url" => new ContentPart.Document(source.Text("url"u8), null, null, null, null, title),
            "file" => new ContentPart.Document(null, null, null, source.Text("file_id"u8), null, title) { FileKeeper = FileKeepers.Anthropic },
            "text" => new ContentPart.Document(null, null, source.Text("media_type"u8), null, source.Text("data"u8), title),
            _ => Opaque(block),
        };
    }

    private ContentPart.Opaque Opaque(JsonElement block)
        => new(AnthropicMessagesDialect.DialectName, block.Type(), block.ToRaw(body));

    /// <summary>Notes members of a block that nobody reads.</summary>
    private void Check(JsonElement block, string path, params ReadOnlySpan<string> known)
    {
        foreach (JsonProperty member in block.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null && member.Name is not ("type" or "cache_control") && !known.Contains(member.Name))
                notes.Drop($"{path}.{member.Name}", NoCounterpart);
        }
    }
}
