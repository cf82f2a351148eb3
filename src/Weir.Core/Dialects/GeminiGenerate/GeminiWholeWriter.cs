using System.Buffers;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>Events as one response, written at <see cref="ModelEvent.End"/>. An error leaves nothing written: the caller answers with an error document.</summary>
internal sealed class GeminiWholeWriter(ResponseShape shape) : AnswerWriter
{
    private readonly AnswerParts _parts = new();
    private readonly List<object> _written = [];
    private readonly List<RawJson> _logprobs = [];

    protected override void Add(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        if (modelEvent is ModelEvent.Logprobs logprobs)
            _logprobs.Add(logprobs.Json);
        else if (_parts.Take(modelEvent) is { } part)
            Append(part);
    }

    /// <summary>Deltas of one block are one part.</summary>
    private void Append(object part)
    {
        if (part is ModelEvent.TextDelta next && _written.Count > 0 && _written[^1] is GatheredText { } text && text.Block == next.Block)
            text.Text.Append(next.Text);
        else if (part is ModelEvent.TextDelta first)
            _written.Add(new GatheredText(first.Block, new StringBuilder(first.Text)));
        else
            _written.Add(part);
    }

    private sealed record GatheredText(int Block, StringBuilder Text);

    protected override void WriteEnd(IBufferWriter<byte> output)
    {
        using Utf8JsonWriter json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("candidates"u8);
        json.WriteStartObject();
        json.WriteStartObject("content"u8);
        json.WriteStartArray("parts"u8);
        foreach (object part in _written.Concat(_parts.Rest()))
            _parts.Write(json, part is GatheredText text ? new ModelEvent.TextDelta(text.Block, text.Text.ToString()) : part);
        json.WriteEndArray();
        json.WriteString("role"u8, "model"u8);
        json.WriteEndObject();
        AnswerEnd.WriteCandidate(json, Finish, _logprobs);
        json.WriteNumber("index"u8, 0);
        json.WriteEndObject();
        json.WriteEndArray();
        AnswerEnd.WriteEnvelope(json, Usage, Start, shape);
        json.WriteEndObject();
    }
}
