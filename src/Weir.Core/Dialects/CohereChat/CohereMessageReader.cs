using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>Reads <c>messages</c> into canon turns. The plan before tool calls is text the model wrote.</summary>
internal sealed class CohereMessageReader(ReadOnlyMemory<byte> body, TranslationNotes notes)
{
    public List<Message> ReadAll(JsonElement messages)
    {
        List<Message> turns = [];
        var i = 0;
        foreach (var message in messages.EnumerateArray())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"messages[{i++}]");
            List<ContentPart> content = [];
            ReadContent(message, path, content);
            switch (message.Text("role"u8))
            {
                case "user":
                    turns.Add(new Message(MessageRole.User, content));
                    break;
                case "system":
                    turns.Add(new Message(MessageRole.System, content));
                    break;
                case "tool":
                    turns.Add(new Message(MessageRole.Tool, [new ContentPart.ToolResult(message.Text("tool_call_id"u8) ?? "", content, IsError: false)]));
                    break;
                case "assistant":
                    if (message.Text("tool_plan"u8) is { Length: > 0 } plan)
                        content.Add(new ContentPart.Text(plan));
                    ReadCalls(message, path, content);
                    turns.Add(new Message(MessageRole.Assistant, content));
                    break;
                case var role:
                    notes.Refuse($"{path}.role", $"unknown role '{role}'");
                    break;
            }

            foreach (var member in message.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.Null && member.Name is not ("role" or "content" or "tool_plan" or "tool_calls" or "tool_call_id"))
                    notes.Drop($"{path}.{member.Name}", "no counterpart in other dialects");
            }
        }

        return turns;
    }

    private void ReadContent(JsonElement message, string path, List<ContentPart> content)
    {
        if (message.Text("content"u8) is { Length: > 0 } text)
            content.Add(new ContentPart.Text(text));
        foreach (var part in message.Items("content"u8))
        {
            switch (part.Text("type"u8))
            {
                case "text":
                    content.Add(new ContentPart.Text(part.Text("text"u8) ?? ""));
                    break;
                case "thinking":
                    content.Add(new ContentPart.Thinking(part.Text("thinking"u8) ?? "", null, ""));
                    break;
                case "document" when part.Object("document"u8) is { } document:
                    content.Add(CohereDocuments.ReadOne(document));
                    break;
                case "image_url" when (part.Object("image_url"u8)?.Text("url"u8) ?? part.Text("image_url"u8)) is { } url:
                    content.Add(CohereImages.Read(url, part.Object("image_url"u8)?.Text("detail"u8)));
                    break;
                case var type:
                    content.Add(new ContentPart.Opaque(CohereChatDialect.DialectName, type ?? "", part.ToRaw(body)));
                    notes.Refuse($"{path}.content", $"content of type '{type}' cannot be translated");
                    break;
            }
        }
    }

    private void ReadCalls(JsonElement message, string path, List<ContentPart> content)
    {
        foreach (var call in message.Items("tool_calls"u8))
        {
            var function = call.Object("function"u8) ?? default;
            if (function.Text("name"u8) is { Length: > 0 } name)
                content.Add(new ContentPart.ToolCall(call.Text("id"u8) ?? "", name, function.Text("arguments"u8) ?? function.Object("arguments"u8)?.GetRawText() ?? ""));
            else
                notes.Refuse($"{path}.tool_calls", "a call without a function's name");
        }
    }
}
