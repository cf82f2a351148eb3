using System.Buffers;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>Events as one chat answer, written at <see cref="ModelEvent.End"/>.</summary>
internal sealed class CohereDocumentWriter(ResponseShape shape) : AnswerWriter
{
    private readonly List<(int Block, BlockKind Kind, StringBuilder Text)> _parts = [];
    private readonly List<(int Block, string Id, string Name, StringBuilder Arguments)> _calls = [];

    protected override void Add(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        switch (modelEvent)
        {
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
        }
    }

    protected override void WriteEnd(IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("id"u8, Start?.Id ?? shape.ResponseId);
        json.WriteString("finish_reason"u8, CohereFinish.FromCanon(Finish?.Reason ?? StopReason.EndTurn));
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
        if (Usage is { } usage)
            CohereUsage.Write(json, usage);
        json.WriteEndObject();
    }
}
