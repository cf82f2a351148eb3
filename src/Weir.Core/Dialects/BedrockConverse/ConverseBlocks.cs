using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>
/// Blocks of an answer as events. Bedrock announces only tool calls; other blocks begin with their first delta. Parts
/// with no counterpart (images, results of Bedrock's own tools) produce nothing.
/// </summary>
/// <param name="vendor">Who signs this model's reasoning.</param>
internal sealed class ConverseBlocks(string vendor)
{
    private readonly Dictionary<int, (int Block, string Kind)> _open = [];
    private int _next;

    /// <summary>An announced block.</summary>
    public void Open(int index, JsonElement start, List<ModelEvent> events)
    {
        if (start.Member("toolUse"u8) is not { } call || IsServers(call))
            return;
        Close(index, events);
        OpenCall(index, call, events);
    }

    /// <summary>A piece of a block.</summary>
    public void Delta(int index, JsonElement delta, List<ModelEvent> events)
    {
        var (name, value) = delta.Union();
        switch (name)
        {
            case "text":
                events.Add(new ModelEvent.TextDelta(Ensure(index, name, BlockKind.Text, events), value.ValueKind == JsonValueKind.String ? value.Text() : ""));
                break;
            case "toolUse" when _open.TryGetValue(index, out var call) && call.Kind == name:
                events.Add(new ModelEvent.ToolArgumentsDelta(call.Block, value.Text("input"u8) ?? ""));
                break;
            case "reasoningContent" when value.Text("redactedContent"u8) is { } data:
                events.Add(new ModelEvent.Signature(Ensure(index, "redacted", BlockKind.RedactedThinking, events), data, vendor));
                break;
            case "reasoningContent":
                var block = Ensure(index, name, BlockKind.Thinking, events);
                if (value.Text("text"u8) is { } thought)
                    events.Add(new ModelEvent.TextDelta(block, thought));
                if (value.Text("signature"u8) is { Length: > 0 } signature)
                    events.Add(new ModelEvent.Signature(block, signature, vendor));
                break;
            case "citation":
                events.Add(new ModelEvent.Citation(Ensure(index, "text", BlockKind.Text, events), BedrockConverseDialect.DialectName, value.RawCopy()));
                break;
            default:
                break;
        }
    }

    /// <summary>A block of a whole answer.</summary>
    public void Whole(int index, JsonElement block, List<ModelEvent> events)
    {
        var (name, value) = block.Union();
        switch (name)
        {
            case "text":
                Delta(index, block, events);
                break;
            case "toolUse" when !IsServers(value):
                var opened = OpenCall(index, value, events);
                events.Add(new ModelEvent.ToolArgumentsDelta(opened, value.Member("input"u8) is { } input ? input.GetRawText() : "{}"));
                break;
            case "reasoningContent" when value.Member("reasoningText"u8) is { } thought:
                var thinking = Ensure(index, name, BlockKind.Thinking, events);
                events.Add(new ModelEvent.TextDelta(thinking, thought.Text("text"u8) ?? ""));
                if (thought.Text("signature"u8) is { Length: > 0 } signature)
                    events.Add(new ModelEvent.Signature(thinking, signature, vendor));
                break;
            case "reasoningContent":
                Delta(index, block, events);
                break;
            case "citationsContent":
                var text = Ensure(index, "text", BlockKind.Text, events);
                events.Add(new ModelEvent.TextDelta(text, string.Concat(value.Items("content"u8).Select(c => c.Text("text"u8)))));
                foreach (var citation in value.Items("citations"u8))
                    events.Add(new ModelEvent.Citation(text, BedrockConverseDialect.DialectName, citation.RawCopy()));
                break;
            default:
                break;
        }
    }

    public void Close(int index, List<ModelEvent> events)
    {
        if (_open.Remove(index, out var open))
            events.Add(new ModelEvent.BlockStop(open.Block));
    }

    public void CloseAll(List<ModelEvent> events)
    {
        foreach (var index in _open.Keys.Order().ToList())
            Close(index, events);
    }

    /// <summary>A tool that Bedrock ran itself (grounding, code): nobody waits for its result.</summary>
    private static bool IsServers(JsonElement call) => call.Text("type"u8) == "server_tool_use";

    private int OpenCall(int index, JsonElement call, List<ModelEvent> events)
    {
        _open[index] = (_next, "toolUse");
        events.Add(new ModelEvent.ToolCallStart(_next, call.Text("toolUseId"u8) ?? "", call.Text("name"u8) ?? ""));
        return _next++;
    }

    private int Ensure(int index, string kind, BlockKind blockKind, List<ModelEvent> events)
    {
        if (_open.TryGetValue(index, out var open) && open.Kind == kind)
            return open.Block;
        Close(index, events);
        _open[index] = (_next, kind);
        events.Add(new ModelEvent.BlockStart(_next, blockKind));
        return _next++;
    }
}
