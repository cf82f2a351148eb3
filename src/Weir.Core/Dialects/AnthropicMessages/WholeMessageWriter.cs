using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Events as one message document, written at <see cref="ModelEvent.End"/>. An error leaves nothing written: the caller answers with an error document.</summary>
internal sealed class WholeMessageWriter(ResponseShape shape) : AnswerWriter
{
    private readonly AnswerBlocks _blocks = new(shape);

    protected override void Add(ModelEvent modelEvent, IBufferWriter<byte> output) => _blocks.Apply(modelEvent);

    protected override void WriteEnd(IBufferWriter<byte> output)
    {
        using Utf8JsonWriter json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("id"u8, Start?.Id ?? shape.ResponseId);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("model"u8, Start?.Model ?? shape.Model);
        json.WriteStartArray("content"u8);
        for (int i = 0; i < _blocks.Count && !_blocks.IsTrailingSeal(i); i++)
            _blocks[i].WriteWhole(json);
        json.WriteEndArray();
        new StopMembers(Finish, _blocks.HasToolUse, _blocks.Refusal).Write(json);
        json.WritePropertyName("usage"u8);
        UsageJson.Write(json, Usage ?? default, whole: true);
        json.WriteEndObject();
    }
}
