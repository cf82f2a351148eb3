using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>
/// Writes <c>messages</c>. Tool results stand first in their turn, because they must follow the call directly; tool
/// messages hold text only, so images of results go into a user message after the run of results.
/// </summary>
internal sealed class ChatMessageWriter(Utf8JsonWriter json, UpstreamQuirks quirks, TranslationNotes notes)
{
    private readonly ChatPartWriter _parts = new(json, notes);
    private readonly List<ContentPart> _resultMedia = [];

    /// <param name="messages">The conversation.</param>
    /// <param name="goesOn">The last message is the beginning of the answer.</param>
    public void WriteAll(IReadOnlyList<Message> messages, bool goesOn = false)
    {
        var marked = goesOn && quirks.Prefill is (PrefillForm.Prefix or PrefillForm.EchoedPrefix) ? messages.Count - 1 : -1;
        json.WriteStartArray("messages"u8);
        for (var i = 0; i < messages.Count; i++)
            Write(messages[i], string.Create(CultureInfo.InvariantCulture, $"messages[{i}]"), i == marked);
        FlushResultMedia();
        json.WriteEndArray();
    }

    private void Write(Message message, string path, bool isPrefix)
    {
        var others = 0;
        foreach (var part in message.Content)
        {
            if (part is ContentPart.ToolResult result)
                WriteToolResult(result, path);
            else
                others++;
        }

        if (message.Role == MessageRole.Tool || (others == 0 && message.Content.Count > 0))
            return;
        FlushResultMedia();
        json.WriteStartObject();
        json.WriteString("role"u8, message.Role switch
        {
            MessageRole.System => "system"u8,
            MessageRole.Developer => quirks.SupportsDeveloperRole ? "developer"u8 : "system"u8,
            MessageRole.Assistant => "assistant"u8,
            _ => "user"u8,
        });
        if (message.Name is not null)
            json.WriteString("name"u8, message.Name);
        if (isPrefix)
            json.WriteBoolean("prefix"u8, true);
        if (message.Role == MessageRole.Assistant)
            WriteAssistant(message, path);
        else
            _parts.WriteContent(message.Content.Where(p => p is not ContentPart.ToolResult).ToList(), path);
        json.WriteEndObject();
    }

    private void WriteToolResult(ContentPart.ToolResult result, string path)
    {
        if (result.IsError)
            notes.Drop($"{path}.is_error", "tool messages cannot say that the tool failed; the text stays");
        List<ContentPart> texts = [];
        foreach (var part in result.Content)
        {
            if (part is ContentPart.Image or ContentPart.Document { PlainText: null } or ContentPart.Audio)
            {
                _resultMedia.Add(part);
                notes.Adapt(path, "media of a tool result moved to a user message: tool messages hold text only");
            }
            else
            {
                texts.Add(part);
            }
        }

        json.WriteStartObject();
        json.WriteString("role"u8, "tool"u8);
        json.WriteString("tool_call_id"u8, ToolIdForm.For(result.CallId, quirks));
        _parts.WriteContent(texts, path);
        json.WriteEndObject();
    }

    private void FlushResultMedia()
    {
        if (_resultMedia.Count == 0)
            return;
        json.WriteStartObject();
        json.WriteString("role"u8, "user"u8);
        _parts.WriteContent(_resultMedia, "messages");
        json.WriteEndObject();
        _resultMedia.Clear();
    }

    private void WriteAssistant(Message message, string path)
    {
        List<ContentPart> content = [];
        List<ContentPart.ToolCall> calls = [];
        string? reasoning = null, refusal = null;
        foreach (var part in message.Content)
        {
            switch (part)
            {
                case ContentPart.ToolCall call:
                    calls.Add(call);
                    break;
                case ContentPart.Refusal refused:
                    refusal += refused.Value;
                    break;
                case ContentPart.Thinking { Signature: null, Vendor: ReasoningFormats.Unsigned } own when quirks.AcceptsReasoningContent:
                    reasoning += own.Value;
                    break;
                case ContentPart.Thinking { Signature: null, Vendor: ReasoningFormats.Unsigned } when quirks.AcceptsThinkingParts:
                    content.Add(part);
                    break;
                case ContentPart.Thinking or ContentPart.RedactedThinking:
                    notes.Drop($"{path}.thinking", "reasoning goes back only to the vendor it came from");
                    break;
                case ContentPart.ToolResult:
                    break;
                default:
                    content.Add(part);
                    break;
            }
        }

        if (reasoning is not null)
            json.WriteString("reasoning_content"u8, reasoning);
        if (content.Count == 0 && (calls.Count > 0 || refusal is not null))
            json.WriteNull("content"u8);
        else
            _parts.WriteContent(content, path, joinTexts: true);
        if (refusal is not null)
            json.WriteString("refusal"u8, refusal);
        if (calls.Count == 0)
            return;
        json.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, ToolIdForm.For(call.Id, quirks));
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, call.Name);
            json.WriteString("arguments"u8, call.ArgumentsJson.Length == 0 ? "{}" : call.ArgumentsJson);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
