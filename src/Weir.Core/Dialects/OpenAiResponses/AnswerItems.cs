using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// The items of an answer being read. Blocks: one per content part, per reasoning item and per call. Items of tools that
/// the provider ran are passed over: none was asked for.
/// </summary>
internal sealed class AnswerItems(string vendor)
{
    private readonly Dictionary<int, AnswerItem> _items = [];
    private int _nextBlock;
    private int _openText = -1;

    public bool CalledTools { get; private set; }
    public bool Refused { get; private set; }

    /// <summary>One event of a stream; those that say nothing new are passed over.</summary>
    public void OnEvent(JsonElement data, List<ModelEvent> events)
    {
        var index = data.Index("output_index"u8) ?? 0;
        switch (data.Text("type"u8))
        {
            case "response.output_item.added" when data.Object("item"u8) is { } item:
                Add(index, item, events);
                break;
            case "response.output_item.done" when data.Object("item"u8) is { } item:
                Finish(index, item, events);
                break;
            case "response.output_text.delta" when _items.TryGetValue(index, out var message):
                Text(message, data, BlockKind.Text, events);
                break;
            case "response.refusal.delta" when _items.TryGetValue(index, out var message):
                Text(message, data, BlockKind.Refusal, events);
                break;
            case "response.content_part.done" when _items.TryGetValue(index, out var message) && message.Type == "message" && data.Object("part"u8) is { } part:
                Part(message, data.Index("content_index"u8) ?? 0, part, events);
                break;
            case "response.output_text.annotation.added" when _openText >= 0 && data.Object("annotation"u8) is { } annotation:
                Cite(annotation, events);
                if (_items.TryGetValue(index, out var cited))
                    cited.Annotations++;
                break;
            case "response.reasoning_summary_text.delta" when _items.TryGetValue(index, out var reasoning):
                Think(reasoning, data.Index("summary_index"u8) ?? 0, data.Text("delta"u8), events);
                break;
            case "response.reasoning_text.delta" when _items.TryGetValue(index, out var reasoning):
                Think(reasoning, data.Index("content_index"u8) ?? 0, data.Text("delta"u8), events);
                break;
            case "response.function_call_arguments.delta" when _items.TryGetValue(index, out var call):
                Arguments(call, data.Text("delta"u8), events);
                break;
        }
    }

    /// <summary>The whole response: items nothing was heard of yet, and the closing of all blocks.</summary>
    public void OnEnd(JsonElement response, List<ModelEvent> events)
    {
        var heard = _items.ToList();
        var place = 0;
        foreach (var item in response.Items("output"u8))
            Finish(IndexOf(item.Text("id"u8), place++, heard), item, events);
        foreach (var (at, _) in _items.Where(i => !i.Value.IsDone).OrderBy(i => i.Key).ToList())
            Finish(at, default, events);
    }

    // Items of other kinds may be left out of the response, so that places differ: then the id tells. Where ids change on
    // the way, or two items share one (both observed), the place does.
    private int IndexOf(string? id, int place, List<KeyValuePair<int, AnswerItem>> heard)
    {
        if (id is null || (_items.TryGetValue(place, out var there) && there.Id == id))
            return place;
        var known = heard.FindIndex(h => h.Value.Id == id);
        return known < 0 ? place : heard[known].Key;
    }

    private AnswerItem Add(int index, JsonElement item, List<ModelEvent> events)
    {
        if (_items.TryGetValue(index, out var known))
            return known;
        var added = _items[index] = new AnswerItem(item.Text("type"u8) ?? "", item.Text("id"u8));
        if (added.IsCall)
        {
            CloseText(events);
            CalledTools = true;
            added.Block = _nextBlock++;
            var id = item.Text("call_id"u8) ?? item.Text("id"u8) ?? string.Create(CultureInfo.InvariantCulture, $"call_{added.Block}");
            events.Add(new ModelEvent.ToolCallStart(added.Block, id, ToolNames.Join(item.Text("namespace"u8), item.Text("name"u8) ?? "")));
        }

        return added;
    }

    private void Finish(int index, JsonElement item, List<ModelEvent> events)
    {
        var answer = Add(index, item, events);
        if (answer.IsDone)
            return;
        answer.IsDone = true;
        if (answer.IsCall)
        {
            FinishCall(answer, item);
            if (!answer.HasText)
                Arguments(answer, answer.Rest, events);
            events.Add(new ModelEvent.BlockStop(answer.Block));
        }
        else if (answer.Type == "reasoning")
        {
            FinishReasoning(answer, item, events);
        }
        else if (answer.Type == "message")
        {
            var part = 0;
            foreach (var content in item.Items("content"u8))
                Part(answer, part++, content, events);
            CloseText(events);
        }
    }

    private static void FinishCall(AnswerItem answer, JsonElement item) => answer.Rest = answer.Type == "custom_tool_call"
        ? FreeformInput.ToArguments(item.Text("input"u8) ?? "")
        : item.Text("arguments"u8);

    private void FinishReasoning(AnswerItem answer, JsonElement item, List<ModelEvent> events)
    {
        if (!answer.HasText)
        {
            var i = 0;
            foreach (var summary in item.Items("summary"u8))
                Think(answer, i++, summary.Text("text"u8), events);
            if (!answer.HasText)
            {
                i = 0;
                foreach (var content in item.Items("content"u8))
                    Think(answer, i++, content.Text("text"u8), events);
            }
        }

        var seal = item.Text("encrypted_content"u8);
        if (answer.Block < 0 && string.IsNullOrEmpty(seal))
            return;
        // The upstream may be another Weir: then the seal tells whose it is.
        var (value, signer, isRedacted) = SealedReasoning.Read(seal, answer.HasText);
        if (answer.Block < 0)
            OpenReasoning(answer, isRedacted ? BlockKind.RedactedThinking : BlockKind.Thinking, events);
        if (value is not null)
            events.Add(new ModelEvent.Signature(answer.Block, value, signer == SealedReasoning.OwnVendor ? vendor : signer));
        events.Add(new ModelEvent.BlockStop(answer.Block));
    }

    private void Think(AnswerItem answer, int part, string? text, List<ModelEvent> events)
    {
        if (string.IsNullOrEmpty(text))
            return;
        if (answer.Block < 0)
            OpenReasoning(answer, BlockKind.Thinking, events);
        // Parts of a summary are paragraphs of one thought.
        if (answer.HasText && part != answer.LastPart)
            text = "\n\n" + text;
        answer.LastPart = part;
        answer.HasText = true;
        events.Add(new ModelEvent.TextDelta(answer.Block, text));
    }

    private void OpenReasoning(AnswerItem answer, BlockKind kind, List<ModelEvent> events)
    {
        CloseText(events);
        answer.Block = _nextBlock++;
        events.Add(new ModelEvent.BlockStart(answer.Block, kind));
    }

    private static void Arguments(AnswerItem call, string? fragment, List<ModelEvent> events)
    {
        if (string.IsNullOrEmpty(fragment) || !call.IsCall)
            return;
        call.HasText = true;
        events.Add(new ModelEvent.ToolArgumentsDelta(call.Block, fragment));
    }

    private void Text(AnswerItem message, JsonElement data, BlockKind kind, List<ModelEvent> events)
    {
        if (data.Text("delta"u8) is not { Length: > 0 } text)
            return;
        OpenText(message, data.Index("content_index"u8) ?? 0, kind, events);
        events.Add(new ModelEvent.TextDelta(_openText, text));
        if (data.Member("logprobs"u8, JsonValueKind.Array) is { } logprobs && logprobs.GetArrayLength() > 0)
        {
            message.HasLogprobs = true;
            events.Add(new ModelEvent.Logprobs(_openText, TokenLogprobs.ToCanon(logprobs)));
        }
    }

    // A whole part: what deltas have not said yet.
    private void Part(AnswerItem message, int part, JsonElement content, List<ModelEvent> events)
    {
        var kind = content.Text("type"u8) == "refusal" ? BlockKind.Refusal : BlockKind.Text;
        var text = content.Text(kind == BlockKind.Refusal ? "refusal"u8 : "text"u8);
        if (part <= message.LastPart && !(part == message.LastPart && _openText >= 0))
            return;
        if (part > message.LastPart)
        {
            if (string.IsNullOrEmpty(text))
                return;
            OpenText(message, part, kind, events);
            events.Add(new ModelEvent.TextDelta(_openText, text));
        }

        var annotation = 0;
        foreach (var cited in content.Items("annotations"u8))
        {
            if (annotation++ >= message.Annotations)
                Cite(cited, events);
        }

        if (!message.HasLogprobs && content.Member("logprobs"u8, JsonValueKind.Array) is { } logprobs && logprobs.GetArrayLength() > 0)
            events.Add(new ModelEvent.Logprobs(_openText, TokenLogprobs.ToCanon(logprobs)));
        CloseText(events);
    }

    private void OpenText(AnswerItem message, int part, BlockKind kind, List<ModelEvent> events)
    {
        if (_openText >= 0 && part == message.LastPart)
            return;
        CloseText(events);
        Refused |= kind == BlockKind.Refusal;
        message.LastPart = part;
        message.Annotations = 0;
        message.HasLogprobs = false;
        _openText = _nextBlock++;
        events.Add(new ModelEvent.BlockStart(_openText, kind));
    }

    private void Cite(JsonElement annotation, List<ModelEvent> events) =>
        events.Add(new ModelEvent.Citation(_openText, OpenAiResponsesDialect.DialectName, RawJson.FromText(annotation.GetRawText())));

    private void CloseText(List<ModelEvent> events)
    {
        if (_openText < 0)
            return;
        events.Add(new ModelEvent.BlockStop(_openText));
        _openText = -1;
    }
}
