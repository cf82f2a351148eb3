using Weir.Core.Canon;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// Puts an answer together from events: text and refusal blocks in a row are parts of one message, a thinking block is a
/// reasoning item, a tool call an item of its own. Both writers of answers stand on it.
/// </summary>
internal sealed class AnswerBuilder(ResponseShape shape, ToolNames tools, IAnswerEvents? events)
{
    private readonly Dictionary<int, (OutputItem Item, OutputPart? Part)> _open = [];
    private OutputItem? _message;
    private bool _started;

    public List<OutputItem> Items { get; } = [];
    public string? Model { get; private set; }
    public long? Created { get; private set; }
    public Usage? Usage { get; private set; }
    public StopReason Stop { get; private set; } = StopReason.EndTurn;

    /// <summary>Why the answer is <c>incomplete</c>, or null.</summary>
    public string? IncompleteReason => Stop switch
    {
        StopReason.MaxTokens or StopReason.ContextWindow => "max_output_tokens",
        StopReason.ContentFilter => "content_filter",
        // Who declines without a word has said nothing that the answer could show.
        StopReason.Refusal when !Items.Exists(i => i.Parts.Exists(p => p.IsRefusal)) => "content_filter",
        _ => null,
    };

    /// <summary>The finished answer's status.</summary>
    public string Status => IncompleteReason is null ? "completed" : "incomplete";

    public void Apply(ModelEvent modelEvent)
    {
        if (modelEvent is ModelEvent.Start start)
            (Model, Created) = (Model ?? start.Model, Created ?? start.CreatedUnixSeconds);
        if (modelEvent is not (ModelEvent.UsageUpdate or ModelEvent.Error))
            Begin();
        switch (modelEvent)
        {
            case ModelEvent.BlockStart block:
                Open(block);
                break;
            case ModelEvent.TextDelta { Text.Length: > 0 } text when _open.TryGetValue(text.Block, out var at):
                AddText(at.Item, at.Part, text.Text);
                break;
            case ModelEvent.Signature signature when _open.TryGetValue(signature.Block, out var at):
                at.Item.Encrypted = SealedReasoning.Write(signature.Value, signature.Vendor, at.Item.IsRedacted);
                break;
            case ModelEvent.ToolCallStart call:
                CloseMessage();
                var origin = tools.OriginOf(call.Name);
                Open(call.Block, Add(origin.IsCustom ? OutputItemKind.CustomCall : OutputItemKind.FunctionCall,
                    origin.IsCustom ? "ctc" : "fc", call.Id, origin), null);
                break;
            case ModelEvent.ToolArgumentsDelta { Fragment.Length: > 0 } arguments when _open.TryGetValue(arguments.Block, out var at):
                AddArguments(at.Item, arguments.Fragment);
                break;
            case ModelEvent.Citation citation when _open.TryGetValue(citation.Block, out var at) && at.Part is { } part
                && UrlCitations.Read(citation.Json) is { IsEmpty: false } annotation:
                part.Annotations.Add(annotation);
                events?.AnnotationAdded(at.Item, part, annotation);
                break;
            case ModelEvent.Logprobs logprobs when _open.TryGetValue(logprobs.Block, out var at) && at.Part is { } part:
                TokenLogprobs.AddTo(part.Logprobs, logprobs.Json);
                break;
            case ModelEvent.BlockStop stop:
                CloseBlock(stop.Block);
                break;
            case ModelEvent.UsageUpdate update:
                Usage = update.Usage;
                break;
            case ModelEvent.Finish finish:
                Stop = finish.Reason;
                CloseAll();
                break;
            case ModelEvent.End:
                CloseAll();
                break;
        }
    }

    private void Begin()
    {
        if (_started)
            return;
        _started = true;
        events?.Started();
    }

    private void Open(ModelEvent.BlockStart block)
    {
        if (block.Kind is BlockKind.Thinking or BlockKind.RedactedThinking)
        {
            CloseMessage();
            Open(block.Block, Add(OutputItemKind.Reasoning, "rs", isRedacted: block.Kind == BlockKind.RedactedThinking), null);
            return;
        }

        _message ??= Add(OutputItemKind.Message, "msg");
        var part = new OutputPart(_message.Parts.Count, block.Kind == BlockKind.Refusal);
        _message.Parts.Add(part);
        events?.PartAdded(_message, part);
        Open(block.Block, _message, part);
    }

    private void Open(int block, OutputItem item, OutputPart? part)
    {
        CloseBlock(block);
        _open[block] = (item, part);
    }

    private OutputItem Add(OutputItemKind kind, string prefix, string callId = "", ToolOrigin tool = default, bool isRedacted = false)
    {
        var id = ItemIds.Item(prefix, shape.ResponseId, Items.Count);
        var item = new OutputItem(kind, id, Items.Count) { CallId = callId.Length > 0 || kind == OutputItemKind.Message ? callId : $"call_{id}", Tool = tool, IsRedacted = isRedacted };
        Items.Add(item);
        events?.ItemAdded(item);
        return item;
    }

    private void AddText(OutputItem item, OutputPart? part, string text)
    {
        if (part is not null)
        {
            part.Text.Append(text);
            events?.TextDelta(item, part, text);
        }
        else if (item.Kind == OutputItemKind.Reasoning)
        {
            var isFirst = item.Text.Length == 0;
            item.Text.Append(text);
            events?.ReasoningDelta(item, text, isFirst);
        }
    }

    private void AddArguments(OutputItem item, string fragment)
    {
        item.Text.Append(fragment);
        if (item.Kind == OutputItemKind.FunctionCall)
            events?.ArgumentsDelta(item, fragment);
    }

    private void CloseBlock(int block)
    {
        if (!_open.Remove(block, out var open))
            return;
        if (open.Part is { } part)
        {
            part.IsDone = true;
            events?.PartDone(open.Item, part);
            return; // The message may go on with another part.
        }

        // No arguments at all: clients parse this text as JSON.
        if (open.Item is { Kind: OutputItemKind.FunctionCall, Text.Length: 0 })
            AddArguments(open.Item, "{}");
        if (open.Item.Kind == OutputItemKind.Reasoning)
            open.Item.Encrypted ??= SealedReasoning.Write("", "", isRedacted: false);
        Finish(open.Item);
    }

    private void CloseMessage()
    {
        if (_message is not { } message)
            return;
        foreach (var block in _open.Where(o => o.Value.Item == message).Select(o => o.Key).ToList())
            CloseBlock(block);
        _message = null;
        Finish(message);
    }

    private void CloseAll()
    {
        CloseMessage();
        foreach (var block in _open.Keys.Order().ToList())
            CloseBlock(block);
    }

    private void Finish(OutputItem item)
    {
        item.IsDone = true;
        item.IsIncomplete = IncompleteReason is not null;
        events?.ItemDone(item);
    }
}
