using Weir.Core.Canon;

namespace Weir.Core.Dialects;

/// <summary>Dialects that have results of tools among a turn's other parts; in the canon each is a message of its own.</summary>
internal static class ToolResultTurns
{
    /// <summary>Adds what one message of such a dialect says, in order.</summary>
    public static void Add(List<Message> turns, MessageRole role, IReadOnlyList<ContentPart> parts)
    {
        var run = new List<ContentPart>();
        foreach (var part in parts)
        {
            if (part is not ContentPart.ToolResult)
            {
                run.Add(part);
                continue;
            }

            Flush();
            turns.Add(new Message(MessageRole.Tool, [part]));
        }

        Flush();

        void Flush()
        {
            if (run.Count > 0)
                turns.Add(new Message(role, run.ToArray()));
            run.Clear();
        }
    }
}
