using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// System instruction and contents as canonical messages. Clients that stream keep every chunk as a content of its own, so
/// contents of one role that follow each other are one message. Each function response becomes a message of role tool.
/// </summary>
internal sealed class ContentsReader(ReadOnlyMemory<byte> body, TranslationNotes notes)
{
    private readonly List<Message> _system = [];
    private readonly List<Message> _turns = [];
    private readonly PendingCalls _calls = new();
    private readonly List<ContentPart> _run = [];
    private MessageRole _role = MessageRole.User;
    private int _turn;

    /// <summary>All messages, the system instruction first wherever it stood.</summary>
    public IReadOnlyList<Message> All
    {
        get
        {
            Flush();
            return [.. _system, .. _turns];
        }
    }

    public void System(JsonElement content, string path)
    {
        // Content, its parts alone, or plain text: SDKs and examples show all three.
        var reader = new PartReader(body, notes, _calls);
        var parts = new List<ContentPart>();
        if (content.ValueKind == JsonValueKind.String)
            parts.Add(new ContentPart.Text(content.Text()));
        else
        {
            foreach (JsonElement item in content.Each())
            {
                foreach (JsonElement part in item.TryField("parts", out _) ? item.ItemsOf("parts") : [item])
                    reader.Read(part, $"{path}.parts", 0, parts);
            }
        }

        if (parts.Count > 0)
            _system.Add(new Message(MessageRole.System, parts));
    }

    public void Conversation(JsonElement contents)
    {
        int index = 0;
        foreach (JsonElement content in contents.Each())
            Turn(content, $"contents[{index++}]");
    }

    private void Turn(JsonElement content, string path)
    {
        if (content.ValueKind == JsonValueKind.String)
        {
            Add(MessageRole.User, new ContentPart.Text(content.Text()));
            return;
        }

        MessageRole? role = content.TextOf("role") switch
        {
            null or "" or "user" or "function" => MessageRole.User,
            "model" => MessageRole.Assistant,
            _ => null,
        };
        if (role is not { } known)
        {
            notes.Refuse($"{path}.role", "The role is none of user and model.");
            return;
        }

        foreach (JsonProperty member in content.EnumerateObject())
        {
            if (member.Name is not ("role" or "parts") && member.Value.ValueKind != JsonValueKind.Null)
                notes.Drop($"{path}.{member.Name}", GeminiRequestReader.NoCounterpart);
        }

        if (known != _role)
            Flush();
        if (known == MessageRole.Assistant && (_role != known || _run.Count == 0))
        {
            _turn++;
            _calls.NewTurn();
        }

        var parts = new List<ContentPart>();
        var reader = new PartReader(body, notes, _calls);
        int index = 0;
        foreach (JsonElement part in content.ItemsOf("parts"))
            reader.Read(part, $"{path}.parts[{index++}]", _turn, parts);
        foreach (ContentPart part in parts)
            Add(known, part);
    }

    private void Add(MessageRole role, ContentPart part)
    {
        if (role != _role)
            Flush();
        _role = role;
        if (part is ContentPart.ToolResult)
        {
            Flush();
            _turns.Add(new Message(MessageRole.Tool, [part]));
            return;
        }

        if (role == MessageRole.Assistant && _run.Count > 0 && Joined(_run[^1], part) is { } joined)
            _run[^1] = joined;
        else
            _run.Add(part);
    }

    /// <summary>Chunks of what was one text or one thought; a signature ends it.</summary>
    private static ContentPart? Joined(ContentPart last, ContentPart next) => (last, next) switch
    {
        (ContentPart.Text a, ContentPart.Text b) => a with { Value = a.Value + b.Value },
        (ContentPart.ToolCall a, ContentPart.ToolCall { Name.Length: 0 } b) => a with { ArgumentsJson = b.ArgumentsJson },
        (ContentPart.Thinking { Signature: null } a, ContentPart.Thinking b) => new ContentPart.Thinking(a.Value + b.Value, b.Signature, b.Vendor),
        _ => null,
    };

    private void Flush()
    {
        if (_run.Count > 0)
            _turns.Add(new Message(_role, _run.ToArray()));
        _run.Clear();
    }
}
