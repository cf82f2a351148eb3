using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// Reads <c>input</c> into canon turns. What the model made (reasoning, messages, calls) stands in several items; those
/// in a row are one assistant turn.
/// </summary>
internal sealed class InputReader(ReadOnlyMemory<byte> body, TranslationNotes notes, ResponsesToolReader tools)
{
    private readonly InputPartReader _parts = new(body, notes);
    private readonly List<Message> _turns = [];
    private List<ContentPart>? _assistant;

    public List<Message> Read(JsonElement input)
    {
        if (input.ValueKind == JsonValueKind.String)
            return [new Message(MessageRole.User, [new ContentPart.Text(input.Text())])];
        var i = 0;
        foreach (var item in input.ValueKind == JsonValueKind.Array ? input.EnumerateArray() : default)
            ReadItem(item, string.Create(CultureInfo.InvariantCulture, $"input[{i++}]"));
        return _turns;
    }

    private void ReadItem(JsonElement item, string path)
    {
        var type = item.Text("type"u8) ?? (item.Text("role"u8) is null ? null : "message");
        switch (type)
        {
            case "message":
                ReadMessage(item, path);
                break;
            case "reasoning":
                ReadReasoning(item);
                break;
            case "function_call" or "custom_tool_call":
                ReadCall(item, type == "custom_tool_call", path);
                break;
            case "function_call_output" or "custom_tool_call_output":
                ReadOutput(item, path);
                break;
            case "additional_tools":
                tools.Read(item.TryGetProperty("tools"u8, out var added) ? added : default, $"{path}.tools");
                break;
            case "tool_search_output":
                tools.Read(item.TryGetProperty("tools"u8, out var found) ? found : default, $"{path}.tools");
                break;
            case "tool_search_call":
                break; // Its tools are offered from the start.
            case "web_search_call" or "file_search_call" or "code_interpreter_call" or "image_generation_call" or "mcp_list_tools"
                or "mcp_call" or "mcp_approval_request" or "mcp_approval_response" or "program" or "program_output":
                notes.Drop(path, $"the '{type}' item was made by a tool that only OpenAI runs; the text around it stays");
                break;
            case "item_reference":
                notes.Refuse(path, "the item it refers to is not kept here: it was not stored, has expired, or another provider keeps it");
                break;
            case "compaction" or "compaction_trigger":
                notes.Refuse(path, "only OpenAI can read a history that it compacted");
                break;
            default:
                notes.Refuse(path, $"an item of type '{type}' exists at OpenAI only");
                break;
        }
    }

    private void ReadMessage(JsonElement item, string path)
    {
        var role = item.Text("role"u8);
        if (role == "assistant")
        {
            _parts.Read(item, "content", path, Assistant());
            NoteRest(item, path, "role", "content", "id", "status");
            return;
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
            return;
        }

        List<ContentPart> content = [];
        _parts.Read(item, "content", path, content);
        NoteRest(item, path, "role", "content", "id", "status");
        Add(new Message(known.Value, content));
    }

    private void ReadReasoning(JsonElement item)
    {
        var texts = item.Items("summary"u8).Select(s => s.Text("text"u8)).OfType<string>().ToList();
        if (texts.Count == 0)
            texts = item.Items("content"u8).Select(s => s.Text("text"u8)).OfType<string>().ToList();
        var text = string.Join("\n\n", texts);
        var (value, vendor, isRedacted) = SealedReasoning.Read(item.Text("encrypted_content"u8), text.Length > 0);
        if (isRedacted)
            Assistant().Add(new ContentPart.RedactedThinking(value ?? "", vendor));
        else if (text.Length > 0 || value is not null)
            Assistant().Add(new ContentPart.Thinking(text, value, vendor));
    }

    private void ReadCall(JsonElement item, bool isCustom, string path)
    {
        if (item.Text("name"u8) is not { } name)
        {
            notes.Refuse(path, "a call without a name");
            return;
        }

        var arguments = isCustom
            ? FreeformInput.ToArguments(item.Text("input"u8) ?? "")
            : item.Text("arguments"u8) ?? (item.Object("arguments"u8) is { } value ? value.ToRaw(body).ToString() : "");
        Assistant().Add(new ContentPart.ToolCall(CallId(item), ToolNames.Join(item.Text("namespace"u8), name), arguments));
        NoteRest(item, path, "name", "namespace", "arguments", "input", "call_id", "id", "status");
    }

    private void ReadOutput(JsonElement item, string path)
    {
        List<ContentPart> result = [];
        _parts.Read(item, "output", path, result);
        Add(new Message(MessageRole.Tool, [new ContentPart.ToolResult(CallId(item), result, IsError: false)]));
        NoteRest(item, path, "output", "call_id", "id", "status", "name", "namespace");
    }

    private static string CallId(JsonElement item) => item.Text("call_id"u8) ?? item.Text("id"u8) ?? "";

    private List<ContentPart> Assistant()
    {
        if (_assistant is null)
        {
            _assistant = [];
            _turns.Add(new Message(MessageRole.Assistant, _assistant));
        }

        return _assistant;
    }

    private void Add(Message turn)
    {
        _assistant = null;
        _turns.Add(turn);
    }

    private void NoteRest(JsonElement item, string path, params ReadOnlySpan<string> read)
    {
        foreach (var member in item.EnumerateObject())
        {
            if (member.Name != "type" && member.Value.ValueKind != JsonValueKind.Null && !read.Contains(member.Name))
                notes.Drop($"{path}.{member.Name}", "no counterpart in other dialects");
        }
    }
}
