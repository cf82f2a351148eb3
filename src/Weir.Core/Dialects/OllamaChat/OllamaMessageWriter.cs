using System.Globalization;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>Writes <c>messages</c>: text is one string, images stand beside it, results name their tool.</summary>
internal sealed class OllamaMessageWriter(Utf8JsonWriter json, TranslationNotes notes)
{
    private readonly Dictionary<string, string> _toolNames = new(StringComparer.Ordinal);

    public void WriteAll(IReadOnlyList<Message> messages)
    {
        json.WriteStartArray("messages"u8);
        for (var i = 0; i < messages.Count; i++)
            Write(messages[i], string.Create(CultureInfo.InvariantCulture, $"messages[{i}]"));
        json.WriteEndArray();
    }

    private void Write(Message message, string path)
    {
        // Results first: they must follow the calls directly.
        foreach (var result in message.Content.OfType<ContentPart.ToolResult>())
            WriteResult(result, path);
        var rest = message.Content.Where(p => p is not ContentPart.ToolResult).ToList();
        if (message.Role == MessageRole.Tool || (rest.Count == 0 && message.Content.Count > 0))
            return;
        if (message.Name is not null)
            notes.Drop($"{path}.name", "Ollama's messages have no names");
        json.WriteStartObject();
        json.WriteString("role"u8, message.Role switch
        {
            MessageRole.System or MessageRole.Developer => "system"u8,
            MessageRole.Assistant => "assistant"u8,
            _ => "user"u8,
        });
        WriteContent(rest, path);
        WriteCalls(rest);
        json.WriteEndObject();
    }

    private void WriteResult(ContentPart.ToolResult result, string path)
    {
        if (result.IsError)
            notes.Drop($"{path}.is_error", "tool messages cannot say that the tool failed; the text stays");
        json.WriteStartObject();
        json.WriteString("role"u8, "tool"u8);
        if (_toolNames.TryGetValue(result.CallId, out var name))
            json.WriteString("tool_name"u8, name);
        json.WriteString("tool_call_id"u8, result.CallId);
        WriteContent(result.Content, path);
        json.WriteEndObject();
    }

    private void WriteContent(IReadOnlyList<ContentPart> parts, string path)
    {
        var (text, thinking) = (new StringBuilder(), new StringBuilder());
        List<string> images = [];
        foreach (var part in parts)
        {
            if (!part.CacheControl.IsEmpty)
                notes.Drop($"{path}.cache_control", "Ollama caches prompts on its own");
            switch (part)
            {
                case ContentPart.Text { Value: var value } written:
                    if (!written.Annotations.IsEmpty)
                        notes.Drop($"{path}.citations", "citations cannot be sent back to the upstream");
                    Join(text, value);
                    break;
                case ContentPart.Refusal { Value: var value }:
                    Join(text, value);
                    break;
                case ContentPart.Document document when document.AsText() is { } plain:
                    notes.Adapt(path, "a text document became text");
                    Join(text, plain);
                    break;
                case ContentPart.Image { Base64: { } base64 } image:
                    if (image.Detail is not null)
                        notes.Drop($"{path}.detail", "Ollama looks at images in one way only");
                    images.Add(base64);
                    break;
                case ContentPart.Image:
                    notes.Refuse(path, "Ollama takes images inline, not by URL or file id");
                    break;
                case ContentPart.Thinking { Signature: null, Vendor: "" } own:
                    thinking.Append(own.Value);
                    break;
                case ContentPart.Thinking or ContentPart.RedactedThinking:
                    notes.Drop($"{path}.thinking", "reasoning goes back only to the vendor it came from");
                    break;
                case ContentPart.ToolCall:
                    break;
                default:
                    notes.Refuse(path, "this content cannot be sent to Ollama");
                    break;
            }
        }

        json.WriteString("content"u8, text.ToString());
        if (thinking.Length > 0)
            json.WriteString("thinking"u8, thinking.ToString());
        if (images.Count == 0)
            return;
        json.WriteStrings("images"u8, images);
    }

    private void WriteCalls(List<ContentPart> parts)
    {
        if (!parts.Exists(p => p is ContentPart.ToolCall))
            return;
        json.WriteStartArray("tool_calls"u8);
        foreach (var call in parts.OfType<ContentPart.ToolCall>())
        {
            _toolNames[call.Id] = call.Name;
            OllamaToolCall.Write(json, call.Id, call.Name, call.ArgumentsJson);
        }

        json.WriteEndArray();
    }

    private static void Join(StringBuilder text, string more)
    {
        if (text.Length > 0)
            text.Append('\n');
        text.Append(more);
    }
}
