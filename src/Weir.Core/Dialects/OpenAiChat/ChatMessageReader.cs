using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>Reads <c>messages</c> into canon turns.</summary>
internal sealed class ChatMessageReader(ReadOnlyMemory<byte> body, TranslationNotes notes)
{
    private readonly ChatPartReader _parts = new(body, notes);
    private string _lastFunctionCallId = "call_0";

    public List<Message> ReadAll(JsonElement messages)
    {
        var turns = new List<Message>(messages.GetArrayLength());
        var i = 0;
        foreach (var message in messages.EnumerateArray())
        {
            if (Read(message, string.Create(CultureInfo.InvariantCulture, $"messages[{i}]"), i) is { } turn)
                turns.Add(turn);
            i++;
        }

        return turns;
    }

    private Message? Read(JsonElement message, string path, int position)
    {
        var role = message.Text("role"u8);
        List<ContentPart> content = [];
        if (role is "tool" or "function")
        {
            List<ContentPart> result = [];
            _parts.Read(message, path, result);
            var callId = role == "function" ? _lastFunctionCallId : message.Text("tool_call_id"u8) ?? "";
            NoteRest(message, path, "role", "content", "tool_call_id", "name");
            return new Message(MessageRole.Tool, [new ContentPart.ToolResult(callId, result, IsError: false)]);
        }

        if (role == "assistant")
        {
            ReadReasoning(message, path, content);
            _parts.Read(message, path, content);
            if (message.Text("refusal"u8) is { Length: > 0 } refusal)
                content.Add(new ContentPart.Refusal(refusal));
            ReadCalls(message, path, position, content);
            NoteRest(message, path, "role", "content", "name", "refusal", "tool_calls", "function_call", "reasoning_content",
                "reasoning", "reasoning_details");
            return new Message(MessageRole.Assistant, content) { Name = message.Text("name"u8) };
        }

        MessageRole? known = role switch
        {
            "user" => MessageRole.User,
            "system" => MessageRole.System,
            "developer" => MessageRole.Developer,
            _ => null,
        };
        if (known is null)
        {
            notes.Refuse($"{path}.role", $"unknown role '{role}'");
            return null;
        }

        _parts.Read(message, path, content);
        NoteRest(message, path, "role", "content", "name");
        return new Message(known.Value, content) { Name = message.Text("name"u8) };
    }

    // Details win over the plain text: they are the same thoughts, with what is needed to send them back.
    private void ReadReasoning(JsonElement message, string path, List<ContentPart> content)
    {
        var before = content.Count;
        ReasoningDetailsReader.Read(message, content, dropped => notes.Drop($"{path}.reasoning_details", dropped));
        if (content.Count > before)
            return;
        var text = message.Text("reasoning_content"u8) ?? message.Text("reasoning"u8);
        if (!string.IsNullOrEmpty(text))
            content.Add(new ContentPart.Thinking(text, null, ReasoningFormats.Unsigned));
    }

    private void ReadCalls(JsonElement message, string path, int position, List<ContentPart> content)
    {
        var i = 0;
        foreach (var call in message.Items("tool_calls"u8))
        {
            var function = call.Object("function"u8) ?? default;
            if (function.Text("name"u8) is { } name)
                content.Add(new ContentPart.ToolCall(call.Text("id"u8) ?? "", name, Arguments(function)));
            else
                notes.Refuse($"{path}.tool_calls[{i}]", $"only function calls can be translated, this is '{call.Text("type"u8)}'");
            if (call.ValueKind == JsonValueKind.Object && call.TryGetProperty("extra_content"u8, out _))
                notes.Drop($"{path}.tool_calls[{i}].extra_content", "state of another provider");
            i++;
        }

        if (message.Object("function_call"u8) is not { } old || old.Text("name"u8) is not { } called)
            return;
        // The old form has no ids: one made from the position is the same in every turn.
        _lastFunctionCallId = string.Create(CultureInfo.InvariantCulture, $"call_{position}");
        content.Add(new ContentPart.ToolCall(_lastFunctionCallId, called, Arguments(old)));
    }

    // Text by the book; some clients send the object itself.
    private string Arguments(JsonElement function) =>
        function.Text("arguments"u8)
        ?? (function.Object("arguments"u8) is { } value ? value.ToRaw(body).ToString() : "");

    private void NoteRest(JsonElement message, string path, params ReadOnlySpan<string> read)
    {
        foreach (var member in message.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null && !read.Contains(member.Name))
                notes.Drop($"{path}.{member.Name}", "no counterpart in other dialects");
        }
    }
}
