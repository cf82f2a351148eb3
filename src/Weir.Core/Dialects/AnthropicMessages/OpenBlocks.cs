using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>The content blocks of an answer being read, by the upstream's index; canonical block numbers rise in order of opening.</summary>
internal sealed class OpenBlocks
{
    private const string Dialect = AnthropicMessagesDialect.DialectName;
    private readonly Dictionary<long, OpenBlock> _open = [];
    private int _next;

    private sealed record OpenBlock(int Block, string Type, RawJson Input)
    {
        public bool HasArguments { get; set; }
    }

    public void Open(long index, JsonElement block, List<ModelEvent> events)
    {
        Close(index, events);
        string type = block.Type();
        RawJson input = default;
        switch (type)
        {
            case "text":
                events.Add(new ModelEvent.BlockStart(_next, BlockKind.Text));
                Text(_next, block.Text("text"u8), events);
                Citations(_next, block, events);
                break;
            case "thinking":
                events.Add(new ModelEvent.BlockStart(_next, BlockKind.Thinking));
                Text(_next, block.Text("thinking"u8), events);
                Sign(_next, block.Text("signature"u8), events);
                break;
            case "redacted_thinking":
                events.Add(new ModelEvent.BlockStart(_next, BlockKind.RedactedThinking));
                Sign(_next, block.Text("data"u8), events);
                break;
            case "tool_use":
                events.Add(new ModelEvent.ToolCallStart(_next, block.Text("id"u8) ?? "", block.Text("name"u8) ?? ""));
                if (block.Member("input"u8) is { } value)
                    input = value.RawCopy();
                break;
            default:
                return;
        }

        _open[index] = new OpenBlock(_next++, type, input);
    }

    public void Delta(long index, JsonElement delta, List<ModelEvent> events)
    {
        if (!_open.TryGetValue(index, out OpenBlock? open))
            return;
        switch (delta.Type())
        {
            case "text_delta":
                Text(open.Block, delta.Text("text"u8), events);
                break;
            case "thinking_delta":
                Text(open.Block, delta.Text("thinking"u8), events);
                break;
            case "signature_delta":
                Sign(open.Block, delta.Text("signature"u8), events);
                break;
            case "input_json_delta" when open.Type == "tool_use" && delta.Text("partial_json"u8) is { Length: > 0 } fragment:
                open.HasArguments = true;
                events.Add(new ModelEvent.ToolArgumentsDelta(open.Block, fragment));
                break;
            case "citations_delta" when delta.Member("citation"u8) is { } citation:
                events.Add(new ModelEvent.Citation(open.Block, Dialect, citation.RawCopy()));
                break;
            default:
                break;
        }
    }

    /// <summary>A tool call without argument fragments has the arguments its start named: <c>{}</c> for a tool without parameters.</summary>
    public void Close(long index, List<ModelEvent> events)
    {
        if (!_open.Remove(index, out OpenBlock? open))
            return;
        if (open.Type == "tool_use" && !open.HasArguments)
            events.Add(new ModelEvent.ToolArgumentsDelta(open.Block, open.Input.IsEmpty ? "{}" : open.Input.ToString()));
        events.Add(new ModelEvent.BlockStop(open.Block));
    }

    public void CloseAll(List<ModelEvent> events)
    {
        foreach (long index in _open.Keys.Order().ToArray())
            Close(index, events);
    }

    /// <summary>A whole refusal block.</summary>
    public void Refusal(string text, List<ModelEvent> events)
    {
        events.Add(new ModelEvent.BlockStart(_next, BlockKind.Refusal));
        events.Add(new ModelEvent.TextDelta(_next, text));
        events.Add(new ModelEvent.BlockStop(_next++));
    }

    private static void Text(int block, string? text, List<ModelEvent> events)
    {
        if (!string.IsNullOrEmpty(text))
            events.Add(new ModelEvent.TextDelta(block, text));
    }

    private static void Sign(int block, string? signature, List<ModelEvent> events)
    {
        // The upstream may be another Weir: then the envelope tells whose signature it is.
        if (SignatureEnvelope.Open(signature) is ({ } value, var vendor))
            events.Add(new ModelEvent.Signature(block, value, vendor));
    }

    private static void Citations(int block, JsonElement text, List<ModelEvent> events)
    {
        if (text.Member("citations"u8) is not { } citations || citations.ValueKind != JsonValueKind.Array)
            return;
        foreach (JsonElement citation in citations.EnumerateArray())
            events.Add(new ModelEvent.Citation(block, Dialect, citation.RawCopy()));
    }
}
