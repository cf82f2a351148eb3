using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Events as one Converse document, written at <see cref="ModelEvent.End"/>.</summary>
internal sealed class ConverseWholeWriter(ResponseShape shape) : AnswerWriter
{
    private readonly ConverseAnswers _blocks = new(shape);

    protected override void Add(ModelEvent modelEvent, IBufferWriter<byte> output) => _blocks.Apply(modelEvent);

    protected override void WriteEnd(IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        // The time the model took is required, and not known for a provider of another dialect.
        json.WriteStartObject("metrics"u8);
        json.WriteNumber("latencyMs"u8, 0);
        json.WriteEndObject();
        json.WriteStartObject("output"u8);
        json.WriteStartObject("message"u8);
        json.WriteStartArray("content"u8);
        for (var i = 0; i < _blocks.Count; i++)
            _blocks[i].Write(json);
        json.WriteEndArray();
        json.WriteString("role"u8, "assistant"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("stopReason"u8, ConverseStopReasons.Write(Finish?.Reason, _blocks.HasToolUse));
        ConverseUsage.Write(json, Usage ?? default);
        json.WriteEndObject();
    }
}
