using System.Buffers;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>Events as one chat answer, written at <see cref="ModelEvent.End"/>.</summary>
internal sealed class CohereDocumentWriter(ResponseShape shape) : IResponseWriter
{
    private readonly List<(int Block, BlockKind Kind, StringBuilder Text)> _parts = [];
    private readonly List<(int Block, string Id, string Name, StringBuilder Arguments)> _calls = [];
    private ModelEvent.Start? _start;
    private ModelEvent.Finish? _finish;
    private Usage? _usage;
    private bool _failed;

    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        if (_failed)
            return;
        switch (modelEvent)
        {
            case ModelEvent.Start start:
                _start ??= start;
                break;
            case ModelEvent.BlockStart { Kind: not BlockKind.RedactedThinking } block:
                _parts.Add((block.Block, block.Kind, new StringBuilder()));
                break;
            case ModelEvent.TextDelta text:
                _parts.Find(p => p.Block == text.Block).Text?.Append(text.Text);
                break;
            case ModelEvent.ToolCallStart call:
                _calls.Add((call.Block, call.Id, call.Name, new StringBuilder()));
                break;
            case ModelEvent.ToolArgumentsDelta arguments:
                _calls.Find(c => c.Block == arguments.Block).Arguments?.Append(arguments.Fragment);
                break;
            case ModelEvent.UsageUpdate update:
                _usage = update.Usage;
                break;
            case ModelEvent.Finish finish:
                _finish = finish;
                break;
            case ModelEvent.End:
                WriteDocument(output);
                break;
            case ModelEvent.Error:
                _failed = true;
                break;
        }
    }

    private void WriteDocument(IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("id"u8, _start?.Id ?? shape.ResponseId);
        json.WriteString("finish_reason"u8, CohereFinish.FromCanon(_finish?.Reason ?? StopReason.EndTurn));
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteStartArray("content"u8);
        foreach (var (_, kind, text) in _parts)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, kind == BlockKind.Thinking ? "thinking"u8 : "text"u8);
            json.WriteString(kind == BlockKind.Thinking ? "thinking"u8 : "text"u8, text.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (_calls.Count > 0)
        {
            json.WriteStartArray("tool_calls"u8);
            foreach (var call in _calls)
                CohereAnswer.WriteCall(json, default, call.Id, call.Name, call.Arguments.Length == 0 ? "{}" : call.Arguments.ToString());
            json.WriteEndArray();
        }

        json.WriteEndObject();
        if (_usage is { } usage)
            CohereUsage.Write(json, usage);
        json.WriteEndObject();
    }
}
