using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Events as a stream of whole responses: events with CRLF, as Google sends them, or elements of one array. Finish reason
/// and usage come with the last one; without <see cref="ModelEvent.End"/> there is no finish reason and no closing bracket.
/// </summary>
internal sealed class GeminiStreamWriter(ResponseShape shape) : IResponseWriter
{
    private readonly AnswerParts _parts = new();
    private readonly List<RawJson> _logprobs = [];
    private readonly bool _isArray = shape.Framing == StreamFraming.JsonArray;
    private ModelEvent.Start? _start;
    private ModelEvent.Finish? _finish;
    private Usage? _usage;
    private bool _any, _ended;

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
            case ModelEvent.Logprobs logprobs:
                _logprobs.Add(logprobs.Json);
                break;
            case ModelEvent.Error:
                _ended = true;
                break;
            case ModelEvent.End:
                foreach (AnswerParts.GatheredCall call in _parts.Rest())
                    Chunk(call, isLast: false, output);
                Chunk(null, isLast: true, output);
                output.Write(_isArray ? "\r\n]"u8 : default);
                _ended = true;
                break;
            default:
                if (_parts.Take(modelEvent) is { } part)
                    Chunk(part, isLast: false, output);
                break;
        }
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
                AnswerEnd.WriteCandidate(json, _finish, _logprobs);
            json.WriteNumber("index"u8, 0);
            json.WriteEndObject();
            json.WriteEndArray();
            AnswerEnd.WriteEnvelope(json, _usage, _start, shape);
            json.WriteEndObject();
        }

        output.Write(_isArray ? default : "\r\n\r\n"u8);
    }
}
