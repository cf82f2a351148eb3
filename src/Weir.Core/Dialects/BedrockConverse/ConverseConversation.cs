using Weir.Core.Canon;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>
/// Canonical messages in Bedrock's order: a system prompt, then turns of user and assistant that alternate, the first a
/// user's, tool results first in the turn after their calls. Every rule that moves or changes something leaves a note.
/// </summary>
internal sealed class ConverseConversation
{
    private readonly TranslationNotes _notes;
    private readonly string _vendor;

    /// <param name="messages">The conversation.</param>
    /// <param name="vendor">Whose reasoning signatures the model takes.</param>
    /// <param name="notes">What had to be changed.</param>
    public ConverseConversation(IReadOnlyList<Message> messages, string vendor, TranslationNotes notes)
    {
        (_notes, _vendor) = (notes, vendor);
        for (var i = 0; i < messages.Count; i++)
            Add(messages[i], $"messages[{i}]");
        foreach (var turn in Turns)
            Arrange(turn);
        MendStart();
    }

    /// <summary>The system prompt's parts in order.</summary>
    public List<ContentPart.Text> System { get; } = [];

    public List<ConverseTurn> Turns { get; } = [];

    /// <summary>Names of the tools called so far, each once.</summary>
    public IReadOnlyList<string> CalledTools =>
        [.. Turns.SelectMany(t => t.Parts).Select(p => p.Part).OfType<ContentPart.ToolCall>().Select(c => c.Name).Distinct()];

    public bool HasToolBlocks => Turns.Exists(t => t.Has<ContentPart.ToolCall>() || t.Has<ContentPart.ToolResult>());

    /// <summary>Amid a tool loop whose call came without signed thinking: Claude refuses thinking with a budget there.</summary>
    public bool IsInUnsignedToolLoop => Turns.Count >= 2 && !Turns[^1].IsAssistant && Turns[^1].Has<ContentPart.ToolResult>()
        && Turns[^2].Has<ContentPart.ToolCall>() && Turns[^2].Parts[0].Part is not (ContentPart.Thinking or ContentPart.RedactedThinking);

    private void Add(Message message, string path)
    {
        if (message.Name is not null)
            _notes.Drop($"{path}.name", "Bedrock has no participant names.");
        for (var i = 0; i < message.Content.Count; i++)
        {
            var at = message.Content.Count == 1 ? $"{path}.content" : $"{path}.content[{i}]";
            if (message.Role is MessageRole.System or MessageRole.Developer)
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
        }
        else if (Turns.Count > 0 && !string.IsNullOrWhiteSpace(text.Value))
        {
            // In place: moving it up would change its meaning and the cached prefix.
            _notes.Adapt(path, "A system message amid the conversation became user text in <system> tags.");
            Append(false, text with { Value = $"<system>\n{text.Value}\n</system>" }, path);
        }
        else if (!string.IsNullOrWhiteSpace(text.Value))
        {
            System.Add(text);
        }
    }

    private void Append(bool isAssistant, ContentPart part, string path)
    {
        if (Turns.Count == 0 || Turns[^1].IsAssistant != isAssistant)
            Turns.Add(new ConverseTurn(isAssistant));
        Turns[^1].Parts.Add((part, path));
    }

    /// <summary>The part as Bedrock may see it, or null when there is nothing to send.</summary>
    private ContentPart? Admit(ContentPart part, string path)
    {
        switch (part)
        {
            // Blank text blocks are refused; other dialects send them beside tool calls.
            case ContentPart.Text { Value: var text } when string.IsNullOrWhiteSpace(text):
            case ContentPart.Refusal { Value: var refusal } when string.IsNullOrWhiteSpace(refusal):
                return null;
            case ContentPart.Thinking thinking when thinking.Vendor != _vendor || string.IsNullOrEmpty(thinking.Signature):
                _notes.Drop(path, "Reasoning this model's vendor did not sign is never shown to it as its own.");
                return null;
            case ContentPart.RedactedThinking redacted when redacted.Vendor != _vendor || redacted.Data.Length == 0:
                _notes.Drop(path, "Encrypted reasoning of another vendor is of no use to this model.");
                return null;
            default:
                return part;
        }
    }

    private void Arrange(ConverseTurn turn)
    {
        if (!turn.IsAssistant && turn.Has<ContentPart.ToolResult>())
        {
            var ordered = turn.Parts.OrderBy(p => p.Part is ContentPart.ToolResult ? 0 : 1).ToList();
            turn.Parts.Clear();
            turn.Parts.AddRange(ordered);
        }
        if (!turn.Has<ContentPart.Document>() || turn.Has<ContentPart.Text>())
            return;
        _notes.Adapt(turn.Parts[0].Path, "Bedrock wants text beside a document; a line was added.");
        turn.Parts.Add((new ContentPart.Text("(See the document.)"), turn.Parts[0].Path));
    }

    private void MendStart()
    {
        if (Turns.Count == 0 && System.Count > 0)
        {
            _notes.Adapt("messages", "A conversation of system messages alone became a user turn.");
            foreach (var part in System)
                Append(false, part, "messages");
            System.Clear();
        }
        else if (Turns is [{ IsAssistant: true }, ..])
        {
            _notes.Adapt("messages", "The conversation began with the assistant; a user turn was put before it.");
            var opening = new ConverseTurn(false);
            opening.Parts.Add((new ContentPart.Text("(The conversation begins with the assistant.)"), "messages"));
            Turns.Insert(0, opening);
        }
    }
}
