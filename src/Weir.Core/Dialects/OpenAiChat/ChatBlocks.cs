using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>
/// Turns deltas (or a whole message, which is one large delta) into blocks: text, refusal and thinking one at a time,
/// tool calls side by side until the end or until text follows them.
/// </summary>
internal sealed class ChatBlocks
{
    private readonly List<ChatToolBlock> _calls = [];
    private int _nextBlock;
    private int _open = -1;
    private BlockKind _openKind;
    private bool _showsPlainReasoning;

    /// <summary>The block text was last added to (for log probabilities).</summary>
    public int Current => Math.Max(0, _open >= 0 ? _open : _nextBlock - 1);

    public bool CalledTools => _calls.Count > 0;

    public void Read(JsonElement delta, string? responseId, List<ModelEvent> events)
    {
        ReadReasoning(delta, events);
        if (delta.TryGetProperty("content"u8, out var content))
            ReadContent(content, events);
        Add(BlockKind.Refusal, delta.Text("refusal"u8), events);
        if (delta.Object("audio"u8)?.Text("transcript"u8) is { } transcript)
            Add(BlockKind.Text, transcript, events);
        foreach (var annotation in delta.Items("annotations"u8))
            events.Add(new ModelEvent.Citation(Current, OpenAiChatDialect.DialectName, RawJson.FromText(annotation.GetRawText())));
        foreach (var call in delta.Items("tool_calls"u8))
            ReadCall(call, responseId, events);
        if (delta.Object("function_call"u8) is { } old)
            Feed(CallFor(0, null), null, old, responseId, events);
    }

    public void CloseAll(List<ModelEvent> events)
    {
        CloseText(events);
        foreach (var call in _calls)
            call.Close(events);
    }

    private void ReadReasoning(JsonElement delta, List<ModelEvent> events)
    {
        var plain = delta.Text("reasoning_content"u8) ?? delta.Text("reasoning"u8);
        _showsPlainReasoning |= !string.IsNullOrEmpty(plain);
        Add(BlockKind.Thinking, plain, events);
        foreach (var detail in delta.Items("reasoning_details"u8))
        {
            var vendor = ReasoningFormats.VendorOf(detail.Text("format"u8));
            if (detail.Text("type"u8) == "reasoning.encrypted")
            {
                CloseText(events);
                Open(BlockKind.RedactedThinking, events);
                events.Add(new ModelEvent.Signature(_open, detail.Text("data"u8) ?? "", vendor));
                CloseText(events);
                continue;
            }

            // The plain member repeats the text of the details, perhaps chunks earlier (the signature comes last).
            if (!_showsPlainReasoning)
                Add(BlockKind.Thinking, detail.Text("text"u8) ?? detail.Text("summary"u8), events);
            if (detail.Text("signature"u8) is not { Length: > 0 } signature)
                continue;
            if (_open < 0 || _openKind != BlockKind.Thinking)
                Open(BlockKind.Thinking, events);
            events.Add(new ModelEvent.Signature(_open, signature, vendor));
            CloseText(events);
        }
    }

    private void ReadContent(JsonElement content, List<ModelEvent> events)
    {
        if (content.ValueKind == JsonValueKind.String)
        {
            Add(BlockKind.Text, content.Text(), events);
            return;
        }

        foreach (var part in content.ValueKind == JsonValueKind.Array ? content.EnumerateArray() : default)
        {
            Add(BlockKind.Text, part.Text("text"u8), events);
            // Mistral: {type:thinking, thinking:[{type:text,text}]}
            Add(BlockKind.Thinking, part.Text("thinking"u8), events);
            foreach (var thought in part.Items("thinking"u8))
                Add(BlockKind.Thinking, thought.Text("text"u8), events);
        }
    }

    private void ReadCall(JsonElement call, string? responseId, List<ModelEvent> events)
    {
        var id = call.Text("id"u8) is { Length: > 0 } sent ? sent : null;
        if (call.Object("function"u8) is not { } function)
            return;
        var index = call.Index("index"u8);
        // Neither index nor id (some local servers): every name begins a call.
        var begins = index is null && id is null && function.Text("name"u8) is { Length: > 0 };
        Feed(CallFor(begins ? _calls.Count : index, id), id, function, responseId, events);
    }

    // By index; without one, a new id means a new call. An id that changes under one index is a new call too (seen on
    // servers that number every call 0).
    private ChatToolBlock CallFor(int? index, string? id)
    {
        for (var i = _calls.Count - 1; i >= 0; i--)
        {
            var call = _calls[i];
            if ((index is null || call.Index == index) && (id is null || call.Id is null || call.Id == id))
                return call;
        }

        var added = new ChatToolBlock(index ?? _calls.Count);
        _calls.Add(added);
        return added;
    }

    private void Feed(ChatToolBlock call, string? id, JsonElement function, string? responseId, List<ModelEvent> events)
    {
        call.Id ??= id;
        call.Name ??= function.Text("name"u8) is { Length: > 0 } name ? name : null;
        var arguments = function.Text("arguments"u8)
            ?? function.Object("arguments"u8)?.GetRawText() ?? "";
        if (call.Block < 0 && call.Name is not null)
        {
            CloseText(events);
            call.Block = _nextBlock++;
            // No id (older servers): one that any replica makes again for the same answer.
            call.Id ??= string.Create(CultureInfo.InvariantCulture, $"call_{responseId}_{call.Block}");
            events.Add(new ModelEvent.ToolCallStart(call.Block, call.Id, call.Name));
        }

        call.Add(arguments, events);
    }

    private void Add(BlockKind kind, string? text, List<ModelEvent> events)
    {
        if (string.IsNullOrEmpty(text))
            return;
        if (_open < 0 || _openKind != kind)
            Open(kind, events);
        events.Add(new ModelEvent.TextDelta(_open, text));
    }

    private void Open(BlockKind kind, List<ModelEvent> events)
    {
        CloseAll(events);
        _open = _nextBlock++;
        _openKind = kind;
        events.Add(new ModelEvent.BlockStart(_open, kind));
    }

    private void CloseText(List<ModelEvent> events)
    {
        if (_open < 0)
            return;
        events.Add(new ModelEvent.BlockStop(_open));
        _open = -1;
    }
}
