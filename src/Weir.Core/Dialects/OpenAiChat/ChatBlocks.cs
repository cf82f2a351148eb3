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
        Add(BlockKind.Refusal, delta.StringMember("refusal"), events);
        if (delta.Member("audio", JsonValueKind.Object)?.StringMember("transcript") is { } transcript)
            Add(BlockKind.Text, transcript, events);
        foreach (var annotation in delta.ArrayMember("annotations"))
            events.Add(new ModelEvent.Citation(Current, OpenAiChatDialect.DialectName, RawJson.FromText(annotation.GetRawText())));
        foreach (var call in delta.ArrayMember("tool_calls"))
            ReadCall(call, responseId, events);
        if (delta.Member("function_call", JsonValueKind.Object) is { } old)
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
        var plain = delta.StringMember("reasoning_content") ?? delta.StringMember("reasoning");
        _showsPlainReasoning |= !string.IsNullOrEmpty(plain);
        Add(BlockKind.Thinking, plain, events);
        foreach (var detail in delta.ArrayMember("reasoning_details"))
        {
            var vendor = ReasoningFormats.VendorOf(detail.StringMember("format"));
            if (detail.StringMember("type") == "reasoning.encrypted")
            {
                CloseText(events);
                Open(BlockKind.RedactedThinking, events);
                events.Add(new ModelEvent.Signature(_open, detail.StringMember("data") ?? "", vendor));
                CloseText(events);
                continue;
            }

            // The plain member repeats the text of the details, perhaps chunks earlier (the signature comes last).
            if (!_showsPlainReasoning)
                Add(BlockKind.Thinking, detail.StringMember("text") ?? detail.StringMember("summary"), events);
            if (detail.StringMember("signature") is not { Length: > 0 } signature)
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
            Add(BlockKind.Text, content.SafeString(), events);
            return;
        }

        foreach (var part in content.ValueKind == JsonValueKind.Array ? content.EnumerateArray() : default)
        {
            Add(BlockKind.Text, part.StringMember("text"), events);
            // Mistral: {type:thinking, thinking:[{type:text,text}]}
            Add(BlockKind.Thinking, part.StringMember("thinking"), events);
            foreach (var thought in part.ArrayMember("thinking"))
                Add(BlockKind.Thinking, thought.StringMember("text"), events);
        }
    }

    private void ReadCall(JsonElement call, string? responseId, List<ModelEvent> events)
    {
        var id = call.StringMember("id") is { Length: > 0 } sent ? sent : null;
        if (call.Member("function", JsonValueKind.Object) is not { } function)
            return;
        var index = call.IntMember("index");
        // Neither index nor id (some local servers): every name begins a call.
        var begins = index is null && id is null && function.StringMember("name") is { Length: > 0 };
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
        call.Name ??= function.StringMember("name") is { Length: > 0 } name ? name : null;
        var arguments = function.StringMember("arguments")
            ?? function.Member("arguments", JsonValueKind.Object)?.GetRawText() ?? "";
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
