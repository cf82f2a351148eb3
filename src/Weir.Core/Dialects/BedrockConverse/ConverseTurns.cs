using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Turns as canonical messages. Each tool result becomes a message of role tool, in the order sent.</summary>
internal static class ConverseTurns
{
    public static void Read(JsonElement messages, ConverseBlockReader blocks, List<Message> turns, TranslationNotes notes)
    {
        if (messages.ValueKind != JsonValueKind.Array)
            return;
        var index = 0;
        foreach (var message in messages.EnumerateArray())
        {
            var path = $"messages[{index++}]";
            MessageRole? role = message.Text("role"u8) switch
            {
                "user" => MessageRole.User,
                "assistant" => MessageRole.Assistant,
                "system" => MessageRole.System,
                _ => null,
            };
            if (role is not { } known)
            {
                notes.Refuse($"{path}.role", "The role is neither user nor assistant.");
                continue;
            }
            message.DropOthers(path, notes, "role", "content");
            if (message.Member("content"u8) is { } content)
                ToolResultTurns.Add(turns, known, blocks.Read(content, $"{path}.content"));
        }
    }
}
