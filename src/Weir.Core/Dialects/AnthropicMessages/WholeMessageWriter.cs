using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Events as one message document, written at <see cref="ModelEvent.End"/>. An error leaves nothing written: the caller answers with an error document.</summary>
internal sealed class WholeMessageWriter(ResponseShape shape) : IResponseWriter
{
    private readonly AnswerBlocks _blocks = new(shape);
    private ModelEvent.Start? _start;
    private Usage _usage;
    private ModelEvent.Finish? _finish;
    private bool _ended;

    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        if (_ended)
            return;
        switch (modelEvent)
        {
            case ModelEvent.Start start:
                _start ??= start;
                break;
            case ModelEvent.UsageUpdate update:
                _usage = update.Usage;
                break;
            case ModelEvent.Finish finish:
                _finish = finish;
                break;
            case ModelEvent.Error:
                _ended = true;
                break;
            case ModelEvent.End:
                _ended = true;
                WriteDocument(output);
                break;
            default:
                _blocks.Apply(modelEvent);
                break;
        }
    }

    private void WriteDocument(IBufferWriter<byte> output)
    {
        using Utf8JsonWriter json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("id"u8, _start?.Id ?? shape.ResponseId);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("model"u8, _start?.Model ?? shape.Model);
        json.WriteStartArray("content"u8);
        for (int i = 0; i < _blocks.Count && !_blocks.IsTrailingSeal(i); i++)
            _blocks[i].WriteWhole(json);
        json.WriteEndArray();
        new StopMembers(_finish, _blocks.HasToolUse, _blocks.Refusal).Write(json);
        json.WritePropertyName("usage"u8);
        UsageJson.Write(json, _usage, whole: true);
        json.WriteEndObject();
    }
}
