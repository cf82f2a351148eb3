using Weir.Core.Canon;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// Canonical messages in Anthropic's order: one system prompt, then turns of user and assistant that alternate, the first
/// a user's, tool results first in the turn after their calls. Every rule that moves or changes something leaves a note.
/// </summary>
internal sealed class Conversation
{
    private readonly TranslationNotes _notes;

    public Conversation(IReadOnlyList<Message> messages, TranslationNotes notes)
    {
        _notes = notes;
        for (int i = 0; i < messages.Count; i++)
            Add(messages[i], $"messages[{i}]");
        foreach (Turn turn in Turns)
        {
            if (!turn.IsAssistant)
                ToolResultsFirst(turn);
        }

        MendStart();
        MendEnd();
    }

    /// <summary>The system prompt's parts in order.</summary>
    public List<(ContentPart.Text Part, string Path)> System { get; } = [];

    public List<Turn> Turns { get; } = [];

    /// <summary>Names of the tools called so far, in order, each once.</summary>
    public IReadOnlyList<string> CalledTools
        => [.. Turns.SelectMany(t => t.Parts).Select(p => p.Part).OfType<ContentPart.ToolCall>().Select(c => c.Name).Distinct()];

    /// <summary>
    /// The model is amid a tool loop whose call came without signed thinking (another vendor's model made it, or thinking
    /// was off). Anthropic refuses thinking with a budget in this place.
    /// </summary>
    public bool IsInUnsignedToolLoop
        => Turns.Count >= 2 && Turns[^1] is { IsAssistant: false, HasToolResult: true }
            && Turns[^2] is { HasToolCall: true, BeginsWithThinking: false };

    private void Add(Message message, string path)
    {
        if (message.Name is not null)
            _notes.Drop($"{path}.name", "Anthropic has no participant names.");
        bool isSystem = message.Role is MessageRole.System or MessageRole.Developer;
        for (int i = 0; i < message.Content.Count; i++)
        {
            string at = message.Content.Count == 1 ? $"{path}.content" : $"{path}.content[{i}]";
            if (isSystem)
                AddSystem(message.Content[i], at);
            else if (Admit(message.Content[i], at) is { } part)
                Append(message.Role == MessageRole.Assistant, part, at);
        }
    }

    private void AddSystem(ContentPart part, string path)
    {
        if (part is not ContentPart.Text text)
        {
            _notes.Refuse(path, "A system prompt can hold only text.");
            return;
        }

        if (string.IsNullOrWhiteSpace(text.Value))
            return;
        if (Turns.Count == 0)
        {
            System.Add((text, path));
            return;
        }

        // In place: moving it up would change its meaning and the cached prefix. Not every model knows a system turn.
        _notes.Adapt(path, "A system message amid the conversation became user text in <system> tags.");
        Append(false, text with { Value = $"<system>\n{text.Value}\n</system>" }, path);
    }

    private void Append(bool isAssistant, ContentPart part, string path)
    {
        if (Turns.Count == 0 || Turns[^1].IsAssistant != isAssistant)
            Turns.Add(new Turn(isAssistant));
        Turns[^1].Parts.Add((part, path));
    }

    /// <summary>The part as Anthropic may see it, or null when there is nothing to send.</summary>
    private ContentPart? Admit(ContentPart part, string path)
    {
        switch (part)
        {
            // Anthropic refuses blank text blocks; other dialects send them beside tool calls.
            case ContentPart.Text { Value: var text } when string.IsNullOrWhiteSpace(text):
            case ContentPart.Refusal { Value: var refusal } when string.IsNullOrWhiteSpace(refusal):
                return null;
            case ContentPart.Thinking thinking when thinking.Vendor != SignatureEnvelope.Anthropic || string.IsNullOrEmpty(thinking.Signature):
                _notes.Drop(path, "Reasoning not signed by Anthropic is never shown to it as its own.");
                return null;
            case ContentPart.RedactedThinking redacted when redacted.Vendor != SignatureEnvelope.Anthropic || redacted.Data.Length == 0:
                _notes.Drop(path, "Encrypted reasoning of another vendor is of no use to Anthropic.");
                return null;
            default:
                return part;
        }
    }

    private static void ToolResultsFirst(Turn turn)
    {
        if (!turn.HasToolResult)
            return;
        var ordered = turn.Parts.OrderBy(p => p.Part is ContentPart.ToolResult ? 0 : 1).ToList();
        turn.Parts.Clear();
        turn.Parts.AddRange(ordered);
    }

    private void MendStart()
    {
        if (Turns.Count == 0 && System.Count > 0)
        {
            _notes.Adapt("messages", "A conversation of system messages alone became a user turn.");
            foreach ((ContentPart.Text part, string path) in System)
                Append(false, part, path);
            System.Clear();
        }
        else if (Turns is [{ IsAssistant: true }, ..])
        {
            _notes.Adapt("messages", "The conversation began with the assistant; a user turn was put before it.");
            var opening = new Turn(false);
            opening.Parts.Add((new ContentPart.Text("(The conversation begins with the assistant.)"), "messages"));
            Turns.Insert(0, opening);
        }
    }

    /// <summary>A prefilled answer must not end in white space.</summary>
    private void MendEnd()
    {
        if (Turns.Count == 0 || Turns[^1] is not { IsAssistant: true, Parts: [.., (ContentPart.Text last, { } path)] parts }
            || last.Value.TrimEnd().Length == last.Value.Length)
            return;
        _notes.Adapt(path, "White space at the end of a prefilled answer was cut.");
        parts[^1] = (last with { Value = last.Value.TrimEnd() }, path);
    }
}
