using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// Writes turns as <c>input</c> items. An assistant turn becomes several, in the order the model made them; results of
/// tools stand before what else their turn holds, because they follow the calls directly.
/// </summary>
internal sealed class InputWriter(Utf8JsonWriter json, UpstreamQuirks quirks, TranslationNotes notes)
{
    /// <summary>Longest call id the service takes.</summary>
    private const int LongestCallId = 64;

    private readonly InputPartWriter _parts = new(json, notes);

    public void Write(IReadOnlyList<Message> messages)
    {
        json.WriteStartArray("input"u8);
        for (var i = 0; i < messages.Count; i++)
            Write(messages[i], string.Create(CultureInfo.InvariantCulture, $"messages[{i}]"));
        json.WriteEndArray();
    }

    private void Write(Message message, string path)
    {
        if (message.Name is not null)
            notes.Drop($"{path}.name", "messages have no names here");
        foreach (var part in message.Content)
            _parts.NoteCache(part, path);
        if (message.Role == MessageRole.Assistant)
        {
            WriteAssistant(message, path);
            return;
        }

        foreach (var result in message.Content.OfType<ContentPart.ToolResult>())
            WriteResult(result, path);
        var rest = message.Content.Where(p => p is not ContentPart.ToolResult).ToList();
        if (rest.Count == 0 && (message.Role == MessageRole.Tool || message.Content.Count > 0))
            return;
        json.WriteStartObject();
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, message.Role switch
        {
            MessageRole.System => "system"u8,
            MessageRole.Developer => quirks.SupportsDeveloperRole ? "developer"u8 : "system"u8,
            _ => "user"u8,
        });
        json.WritePropertyName("content"u8);
        _parts.WriteContent(rest, path);
        json.WriteEndObject();
    }

    private void WriteAssistant(Message message, string path)
    {
        List<ContentPart> said = [];
        foreach (var part in message.Content)
        {
            if (part is ContentPart.Text or ContentPart.Refusal)
            {
                said.Add(part);
                continue;
            }

            FlushSaid(said);
            switch (part)
            {
                case ContentPart.Thinking { Signature: { } seal } thinking when thinking.Vendor == quirks.ReasoningVendor:
                    WriteReasoning(thinking.Value, seal);
                    break;
                case ContentPart.RedactedThinking redacted when redacted.Vendor == quirks.ReasoningVendor:
                    WriteReasoning("", redacted.Data);
                    break;
                case ContentPart.Thinking or ContentPart.RedactedThinking:
                    notes.Drop($"{path}.thinking", "reasoning goes back only to the vendor it came from");
                    break;
                case ContentPart.ToolCall call:
                    WriteCall(call);
                    break;
                case ContentPart.ToolResult result:
                    WriteResult(result, path);
                    break;
                default:
                    notes.Refuse(path, "this content cannot stand in an assistant message");
                    break;
            }
        }

        FlushSaid(said);
    }

    private void FlushSaid(List<ContentPart> said)
    {
        if (said.Count == 0)
            return;
        json.WriteStartObject();
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteStartArray("content"u8);
        foreach (var part in said)
            InputPartWriter.WriteSaid(json, part);
        json.WriteEndArray();
        json.WriteEndObject();
        said.Clear();
    }

    private void WriteReasoning(string summary, string seal)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "reasoning"u8);
        json.WriteStartArray("summary"u8);
        if (summary.Length > 0)
            OutputItem.WriteSummary(json, summary);
        json.WriteEndArray();
        json.WriteString("encrypted_content"u8, seal);
        json.WriteEndObject();
    }

    private void WriteCall(ContentPart.ToolCall call)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "function_call"u8);
        json.WriteString("call_id"u8, CallId(call.Id));
        json.WriteString("name"u8, call.Name);
        json.WriteString("arguments"u8, call.ArgumentsJson.Length == 0 ? "{}" : call.ArgumentsJson);
        json.WriteEndObject();
    }

    private void WriteResult(ContentPart.ToolResult result, string path)
    {
        if (result.IsError)
            notes.Drop($"{path}.is_error", "outputs cannot say that the tool failed; the text stays");
        foreach (var part in result.Content)
            _parts.NoteCache(part, path);
        json.WriteStartObject();
        json.WriteString("type"u8, "function_call_output"u8);
        json.WriteString("call_id"u8, CallId(result.CallId));
        json.WritePropertyName("output"u8);
        _parts.WriteContent(result.Content, path);
        json.WriteEndObject();
    }

    // The same id gives the same short one, so that call and output still belong together.
    private static string CallId(string id) => id.Length <= LongestCallId
        ? id
        : "call_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..40];
}
