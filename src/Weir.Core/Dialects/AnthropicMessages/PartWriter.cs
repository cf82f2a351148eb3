using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Writes canonical parts as content blocks.</summary>
internal sealed class PartWriter(Utf8JsonWriter json, TranslationNotes notes)
{
    private readonly MediaWriter _media = new(json, notes);

    public void Write(ContentPart part, string path)
    {
        switch (part)
        {
            case ContentPart.Text text:
                if (!text.Annotations.IsEmpty)
                    notes.Drop($"{path}.annotations", "Citations point into the other dialect's answer.");
                WriteText(json, text.Value, part.CacheControl);
                break;
            case ContentPart.Refusal refusal:
                WriteText(json, refusal.Value, part.CacheControl);
                break;
            case ContentPart.Image image:
                _media.Image(image, path);
                break;
            case ContentPart.Document document:
                _media.Document(document, path);
                break;
            case ContentPart.ToolCall call:
                WriteCall(call, path);
                break;
            case ContentPart.ToolResult result:
                WriteResult(result, path);
                break;
            case ContentPart.Thinking thinking:
                json.WriteStartObject();
                json.WriteString("type"u8, "thinking"u8);
                json.WriteString("thinking"u8, thinking.Value);
                json.WriteString("signature"u8, thinking.Signature);
                json.WriteEndObject();
                break;
            case ContentPart.RedactedThinking redacted:
                json.WriteStartObject();
                json.WriteString("type"u8, "redacted_thinking"u8);
                json.WriteString("data"u8, redacted.Data);
                json.WriteEndObject();
                break;
            case ContentPart.Opaque opaque when opaque.Dialect == AnthropicMessagesDialect.DialectName:
                json.WriteRaw(opaque.Json);
                break;
            case ContentPart.Opaque opaque:
                notes.Refuse(path, $"Content of type {opaque.Type} has no counterpart at Anthropic.");
                break;
            default:
                notes.Refuse(path, "Anthropic takes no audio.");
                break;
        }
    }

    public static void WriteText(Utf8JsonWriter json, string text, RawJson cacheControl)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, text);
        json.WriteRaw("cache_control"u8, cacheControl);
        json.WriteEndObject();
    }

    private void WriteCall(ContentPart.ToolCall call, string path)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "tool_use"u8);
        json.WriteString("id"u8, ToolIds.ToUpstream(call.Id));
        json.WriteString("name"u8, call.Name);
        if (!ToolInput.Write(json, call.ArgumentsJson))
            notes.Adapt(path, $"The arguments are no JSON object; their text is under {ToolInput.RawMember}.");
        json.WriteRaw("cache_control"u8, call.CacheControl);
        json.WriteEndObject();
    }

    private void WriteResult(ContentPart.ToolResult result, string path)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "tool_result"u8);
        json.WriteString("tool_use_id"u8, ToolIds.ToUpstream(result.CallId));
        List<ContentPart> parts = [.. result.Content.Where(p => p is not ContentPart.Text { Value.Length: 0 })];
        if (parts is [ContentPart.Text { CacheControl.IsEmpty: true } only])
            json.WriteString("content"u8, only.Value);
        else if (parts.Count > 0)
        {
            json.WriteStartArray("content"u8);
            foreach (ContentPart part in parts)
                Write(part, path);
            json.WriteEndArray();
        }

        if (result.IsError)
            json.WriteBoolean("is_error"u8, true);
        json.WriteRaw("cache_control"u8, result.CacheControl);
        json.WriteEndObject();
    }
}
