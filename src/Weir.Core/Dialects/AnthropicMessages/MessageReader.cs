using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// System prompt and turns as canonical messages. The system prompt comes first whatever the order of members; a
/// <c>system</c> turn stays where it is. Each tool result becomes a message of role tool, in the order sent, because that
/// is how most dialects know them.
/// </summary>
internal sealed class MessageReader(ReadOnlyMemory<byte> body, TranslationNotes notes)
{
    private readonly List<Message> _system = [];
    private readonly List<Message> _turns = [];

    public IReadOnlyList<Message> All => [.. _system, .. _turns];

    public void System(JsonElement system)
    {
        var blocks = new BlockReader(body, notes);
        IReadOnlyList<ContentPart> parts = blocks.Read(system, "system");
        if (parts.Count > 0)
            _system.Add(new Message(MessageRole.System, parts));
    }

    public void Conversation(JsonElement messages)
    {
        if (messages.ValueKind != JsonValueKind.Array)
            return;
        int index = 0;
        foreach (JsonElement message in messages.EnumerateArray())
            Turn(message, $"messages[{index++}]");
    }

    private void Turn(JsonElement message, string path)
    {
        MessageRole? role = message.Text("role"u8) switch
        {
            "user" => MessageRole.User,
            "assistant" => MessageRole.Assistant,
            "system" => MessageRole.System,
            _ => null,
        };
        if (role is not { } known)
        {
            notes.Refuse($"{path}.role", "The role is none of user, assistant and system.");
            return;
        }

        foreach (JsonProperty member in message.EnumerateObject())
        {
            if (member.Name is not ("role" or "content"))
                notes.Drop($"{path}.{member.Name}", "No other dialect has a counterpart.");
        }

        if (message.Member("content"u8) is { } content)
            ToolResultTurns.Add(_turns, known, new BlockReader(body, notes).Read(content, $"{path}.content"));
    }
}
