using Weir.Core.Canon;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Canonical messages in Gemini's order: one system instruction; contents of user and model, neighbours of one role joined;
/// the results of one turn's calls together in the content right after it. What moves or is left out leaves a note.
/// </summary>
internal sealed class TurnList
{
    private readonly TranslationNotes _notes;

    public TurnList(IReadOnlyList<Message> messages, TranslationNotes notes)
    {
        _notes = notes;
        for (int i = 0; i < messages.Count; i++)
            Add(messages[i], $"messages[{i}]");
        if (Turns.Count > 0 || System.Count == 0)
            return;
        notes.Adapt("messages", "A conversation of system messages alone became a user turn.");
        Append(false, new ContentPart.Text(string.Join("\n\n", System)), "messages");
        System.Clear();
    }

    public List<string> System { get; } = [];

    public List<GeminiTurn> Turns { get; } = [];

    /// <summary>Call id → function name: results are told by name.</summary>
    public Dictionary<string, string> CallNames { get; } = [];

    private void Add(Message message, string path)
    {
        if (message.Name is not null)
            _notes.Drop($"{path}.name", "Gemini has no participant names.");
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
            _notes.Refuse(path, "A system instruction can hold only text.");
            return;
        }

        if (!part.CacheControl.IsEmpty)
            _notes.Drop("cache_control", CachesItself);
        if (string.IsNullOrWhiteSpace(text.Value))
            return;
        if (Turns.Count == 0)
        {
            System.Add(text.Value);
            return;
        }

        // In place: moving it up would change its meaning and the cached prefix.
        _notes.Adapt(path, "A system message amid the conversation became user text in <system> tags.");
        Append(false, new ContentPart.Text($"<system>\n{text.Value}\n</system>"), path);
    }

    private const string CachesItself = "The upstream caches prompts on its own.";

    private ContentPart? Admit(ContentPart part, string path)
    {
        if (!part.CacheControl.IsEmpty)
            _notes.Drop("cache_control", CachesItself);
        switch (part)
        {
            case ContentPart.Text { Value.Length: 0 } or ContentPart.Refusal { Value.Length: 0 }:
                return null;
            case ContentPart.Thinking thinking when thinking.Vendor != ThoughtSeal.Google || string.IsNullOrEmpty(thinking.Signature):
                _notes.Drop(path, "Reasoning not signed by Google is never shown to it as its own.");
                return null;
            case ContentPart.RedactedThinking redacted when redacted.Vendor != ThoughtSeal.Google || redacted.Data.Length == 0:
                _notes.Drop(path, "Encrypted reasoning of another vendor is of no use to Google.");
                return null;
            case ContentPart.ToolCall call:
                CallNames[call.Id] = call.Name;
                return part;
            default:
                return part;
        }
    }

    private void Append(bool isModel, ContentPart part, string path)
    {
        bool isResult = part is ContentPart.ToolResult;
        if (Turns.Count == 0 || Turns[^1].IsModel != isModel || Turns[^1].HasResults != isResult)
        {
            // A result that comes after other words of the user still belongs to the turn that answers the calls.
            if (isResult && Turns.Count >= 2 && Turns[^1] is { IsModel: false, HasResults: false } && Turns[^2] is { HasResults: true } results)
            {
                results.Parts.Add((part, path));
                return;
            }

            Turns.Add(new GeminiTurn(isModel, isResult));
        }

        Turns[^1].Parts.Add((part, path));
    }
}
