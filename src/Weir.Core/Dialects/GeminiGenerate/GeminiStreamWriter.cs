using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Events as a stream of whole responses: events with CRLF, as Google sends them, or elements of one array. Finish reason
/// and usage come with the last one; without <see cref="ModelEvent.End"/> there is no finish reason and no closing bracket.
/// </summary>
internal sealed class GeminiStreamWriter(ResponseShape shape) : AnswerWriter
{
    private readonly AnswerParts _parts = new();
    private readonly List<RawJson> _logprobs = [];
    private readonly bool _isArray = shape.Framing == StreamFraming.JsonArray;
    private bool _any;

    protected override void Add(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        if (modelEvent is ModelEvent.Logprobs logprobs)
            _logprobs.Add(logprobs.Json);
        else if (_parts.Take(modelEvent) is { } part)
            Chunk(part, isLast: false, output);
    }

    protected override void WriteEnd(IBufferWriter<byte> output)
    {
        foreach (AnswerParts.GatheredCall call in _parts.Rest())
            Chunk(call, isLast: false, output);
        Chunk(null, isLast: true, output);
        output.Write(_isArray ? "\r\n]"u8 : default);
    }

    private void Chunk(object? part, bool isLast, IBufferWriter<byte> output)
    {
        output.Write(!_isArray ? "data: "u8 : _any ? ",\r\n"u8 : "["u8);
        _any = true;
        using (Utf8JsonWriter json = RawJsonExtensions.CreateWriter(output))
        {
            json.WriteStartObject();
            json.WriteStartArray("candidates"u8);
            json.WriteStartObject();
            json.WriteStartObject("content"u8);
            json.WriteStartArray("parts"u8);
            if (part is not null)
                _parts.Write(json, part);
            else
                json.WriteRawValue("{\"text\":\"\"}"u8); // SDKs take a content without parts for a broken one
            json.WriteEndArray();
            json.WriteString("role"u8, "model"u8);
            json.WriteEndObject();
            if (isLast)
                AnswerEnd.WriteCandidate(json, Finish, _logprobs);
            json.WriteNumber("index"u8, 0);
            json.WriteEndObject();
            json.WriteEndArray();
            AnswerEnd.WriteEnvelope(json, Usage, Start, shape);
            json.WriteEndObject();
        }

        output.Write(_isArray ? default : "\r\n\r\n"u8);
    }
}
