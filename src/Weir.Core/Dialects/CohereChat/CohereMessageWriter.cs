using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>
/// Writes <c>messages</c>. Text beside tool calls is the plan; tool messages hold text only, so images of results go into a
/// user message after the run of results.
/// </summary>
internal sealed class CohereMessageWriter(Utf8JsonWriter json, TranslationNotes notes)
{
    private readonly List<ContentPart> _resultMedia = [];

    public void WriteAll(IReadOnlyList<Message> messages)
    {
        json.WriteStartArray("messages"u8);
        for (var i = 0; i < messages.Count; i++)
            Write(messages[i], string.Create(CultureInfo.InvariantCulture, $"messages[{i}]"));
        FlushResultMedia();
        json.WriteEndArray();
    }

    private void Write(Message message, string path)
    {
        foreach (var result in message.Content.OfType<ContentPart.ToolResult>())
            WriteResult(result, path);
        var rest = message.Content.Where(p => p is not ContentPart.ToolResult).ToList();
        if (message.Role == MessageRole.Tool || (rest.Count == 0 && message.Content.Count > 0))
            return;
        FlushResultMedia();
        if (message.Name is not null)
            notes.Drop($"{path}.name", "Cohere's messages have no names");
        json.WriteStartObject();
        json.WriteString("role"u8, message.Role switch
        {
            MessageRole.System or MessageRole.Developer => "system"u8,
            MessageRole.Assistant => "assistant"u8,
            _ => "user"u8,
        });
        if (rest.Exists(p => p is ContentPart.ToolCall))
            WriteCalls(rest, path);
        else
            WriteContent(rest, path);
        json.WriteEndObject();
    }

    private void WriteResult(ContentPart.ToolResult result, string path)
    {
        if (result.IsError)
            notes.Drop($"{path}.is_error", "tool messages cannot say that the tool failed; the text stays");
        List<ContentPart> texts = [];
        foreach (var part in result.Content)
        {
            if (part is ContentPart.Image)
            {
                _resultMedia.Add(part);
                notes.Adapt(path, "an image of a tool result moved to a user message: tool messages hold text only");
            }
            else
            {
                texts.Add(part);
            }
        }

        json.WriteStartObject();
        json.WriteString("role"u8, "tool"u8);
        json.WriteString("tool_call_id"u8, result.CallId);
        WriteContent(texts, path);
        json.WriteEndObject();
    }

    private void FlushResultMedia()
    {
        if (_resultMedia.Count == 0)
            return;
        json.WriteStartObject();
        json.WriteString("role"u8, "user"u8);
        WriteContent(_resultMedia, "messages");
        json.WriteEndObject();
        _resultMedia.Clear();
    }

    private void WriteCalls(List<ContentPart> parts, string path)
    {
        var plan = string.Concat(parts.OfType<ContentPart.Text>().Select(t => t.Value));
        if (plan.Length > 0)
            json.WriteString("tool_plan"u8, plan);
        var thoughts = parts.Where(p => p is not (ContentPart.Text or ContentPart.ToolCall)).ToList();
        if (thoughts.Exists(p => p is ContentPart.Thinking { Signature: null, Vendor: "" }))
            WriteContent(thoughts, path);
        else if (thoughts.Count > 0)
            notes.Drop($"{path}.thinking", "reasoning goes back only to the vendor it came from");
        json.WriteStartArray("tool_calls"u8);
        foreach (var call in parts.OfType<ContentPart.ToolCall>())
        {
            json.WriteStartObject();
            json.WriteString("id"u8, call.Id);
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, call.Name);
            json.WriteString("arguments"u8, call.ArgumentsJson.Length == 0 ? "{}" : call.ArgumentsJson);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteContent(List<ContentPart> parts, string path)
    {
        if (parts.Exists(p => p is ContentPart.Text { Annotations.IsEmpty: false }))
            notes.Drop($"{path}.citations", "citations cannot be sent back to the upstream");
        if (parts.Exists(p => !p.CacheControl.IsEmpty))
            notes.Drop($"{path}.cache_control", "Cohere caches prompts on its own");
        if (parts.Count == 0 || parts is [ContentPart.Text])
        {
            json.WriteString("content"u8, parts.Count == 0 ? "" : ((ContentPart.Text)parts[0]).Value);
            return;
        }

        json.WriteStartArray("content"u8);
        foreach (var part in parts)
            WritePart(part, path);
        json.WriteEndArray();
    }

    private void WritePart(ContentPart part, string path)
    {
        switch (part)
        {
            case ContentPart.Text text:
                WriteText("text"u8, text.Value);
                break;
            case ContentPart.Refusal refusal:
                WriteText("text"u8, refusal.Value);
                break;
            case ContentPart.Thinking { Signature: null, Vendor: "" } own:
                WriteText("thinking"u8, own.Value);
                break;
            case ContentPart.Thinking or ContentPart.RedactedThinking:
                notes.Drop($"{path}.thinking", "reasoning goes back only to the vendor it came from");
                break;
            case ContentPart.Document document when document.AsText() is { } plain:
                notes.Adapt(path, "a text document became a text part");
                WriteText("text"u8, plain);
                break;
            case ContentPart.Image { FileId: null } image:
                json.WriteStartObject();
                json.WriteString("type"u8, "image_url"u8);
                json.WriteStartObject("image_url"u8);
                json.WriteString("url"u8, CohereImages.UrlOf(image));
                if (image.Detail is not null)
                    json.WriteString("detail"u8, image.Detail);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            default:
                notes.Refuse(path, "this content cannot be sent to Cohere");
                break;
        }
    }

    // Part type and member have one name in this dialect.
    private void WriteText(ReadOnlySpan<byte> kind, string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, kind);
        json.WriteString(kind, text);
        json.WriteEndObject();
    }
}
