using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>
/// Reads <c>messages</c>. Calls have no ids in most clients' histories: one is made from the position, the same in every
/// turn, and a result goes to the call it names, or to the first of that tool (or of any) that has none yet.
/// </summary>
internal sealed class OllamaMessageReader(ReadOnlyMemory<byte> body, TranslationNotes notes)
{
    private readonly List<(string Id, string Name)> _waiting = [];

    public IEnumerable<Message> ReadAll(JsonElement messages)
    {
        var i = 0;
        foreach (var message in messages.EnumerateArray())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"messages[{i}]");
            if (Read(message, path, i) is { } turn)
                yield return turn;
            NoteRest(message, path);
            i++;
        }
    }

    private Message? Read(JsonElement message, string path, int position)
    {
        List<ContentPart> content = [];
        if (message.Text("thinking"u8) is { Length: > 0 } thinking)
            content.Add(new ContentPart.Thinking(thinking, null, ""));
        if (message.Text("content"u8) is { Length: > 0 } text)
            content.Add(new ContentPart.Text(text));
        if (message.Member("images"u8) is { } images)
            content.AddRange(OllamaImages.Read(images, $"{path}.images", notes));
        switch (message.Text("role"u8))
        {
            case "user":
                return new Message(MessageRole.User, content);
            case "system":
                return new Message(MessageRole.System, content);
            case "assistant":
                ReadCalls(message, path, position, content);
                return new Message(MessageRole.Assistant, content);
            case "tool":
                return new Message(MessageRole.Tool, [new ContentPart.ToolResult(CallFor(message, position), content, IsError: false)]);
            case var role:
                notes.Refuse($"{path}.role", $"unknown role '{role}'");
                return null;
        }
    }

    private void ReadCalls(JsonElement message, string path, int position, List<ContentPart> content)
    {
        _waiting.Clear();
        var i = 0;
        foreach (var call in message.Items("tool_calls"u8))
        {
            var function = call.Object("function"u8) ?? default;
            if (function.Text("name"u8) is not { Length: > 0 } name)
            {
                notes.Refuse($"{path}.tool_calls[{i}]", "a call without a function's name");
                continue;
            }

            var id = call.Text("id"u8) is { Length: > 0 } sent ? sent : string.Create(CultureInfo.InvariantCulture, $"call_{position}_{i}");
            var arguments = function.Member("arguments"u8);
            content.Add(new ContentPart.ToolCall(id, name, arguments is { ValueKind: JsonValueKind.String } spelled ? spelled.Text()
                : arguments?.ToRaw(body).ToString() ?? "{}"));
            _waiting.Add((id, name));
            i++;
        }
    }

    private string CallFor(JsonElement message, int position)
    {
        if (message.Text("tool_call_id"u8) is { Length: > 0 } id)
        {
            _waiting.RemoveAll(w => w.Id == id);
            return id;
        }

        var name = message.Text("tool_name"u8) ?? message.Text("name"u8);
        var at = Math.Max(0, _waiting.FindIndex(w => w.Name == name));
        if (_waiting.Count == 0)
            return string.Create(CultureInfo.InvariantCulture, $"call_{position}");
        var found = _waiting[at].Id;
        _waiting.RemoveAt(at);
        return found;
    }

    private void NoteRest(JsonElement message, string path)
    {
        foreach (var member in message.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null
                && member.Name is not ("role" or "content" or "thinking" or "images" or "tool_calls" or "tool_name" or "tool_call_id" or "name"))
                notes.Drop($"{path}.{member.Name}", "no counterpart in other dialects");
        }
    }
}
