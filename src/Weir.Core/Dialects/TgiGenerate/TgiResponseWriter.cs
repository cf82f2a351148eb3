using System.Buffers;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.TgiGenerate;

/// <summary>Events as tokens of a stream, the last with the whole text and details; or one answer at <see cref="ModelEvent.End"/>.</summary>
internal sealed class TgiResponseWriter(ResponseShape shape) : IResponseWriter
{
    private readonly StringBuilder _whole = new();
    private ModelEvent.Finish? _finish;
    private Usage? _usage;
    private BlockKind _kind;
    private int _index;

    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        switch (modelEvent)
        {
            case ModelEvent.BlockStart block:
                _kind = block.Kind;
                break;
            case ModelEvent.TextDelta { Text.Length: > 0 } text when _kind is BlockKind.Text or BlockKind.Refusal:
                _whole.Append(text.Text);
                if (shape.Stream)
                    Token(text.Text, isLast: false, output);
                break;
            case ModelEvent.UsageUpdate update:
                _usage = update.Usage;
                break;
            case ModelEvent.Finish finish:
                _finish = finish;
                break;
            case ModelEvent.End when shape.Stream:
                Token("", isLast: true, output);
                break;
            case ModelEvent.End:
                using (var json = RawJsonExtensions.CreateWriter(output))
                {
                    json.WriteStartObject();
                    WriteEnd(json);
                    json.WriteEndObject();
                }

                break;
            case ModelEvent.Error error:
                if (shape.Stream)
                    output.Write("data:"u8);
                TgiError.Write(error.Message, ErrorKind.UpstreamFailed, output);
                if (shape.Stream)
                    output.Write("\n\n"u8);
                break;
        }
    }

    private void Token(string text, bool isLast, IBufferWriter<byte> output)
    {
        output.Write("data:"u8);
        using (var json = RawJsonExtensions.CreateWriter(output))
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, ++_index);
            json.WriteStartObject("token"u8);
            json.WriteNumber("id"u8, 0);
            json.WriteString("text"u8, text);
            json.WriteNull("logprob"u8);
            json.WriteBoolean("special"u8, isLast);
            json.WriteEndObject();
            if (isLast)
            {
                WriteEnd(json);
            }
            else
            {
                json.WriteNull("generated_text"u8);
                json.WriteNull("details"u8);
            }

            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    private void WriteEnd(Utf8JsonWriter json)
    {
        json.WriteString("generated_text"u8, _whole.ToString());
        json.WriteStartObject("details"u8);
        json.WriteString("finish_reason"u8, _finish?.Reason switch
        {
            StopReason.MaxTokens or StopReason.ContextWindow => "length"u8,
            StopReason.StopSequence => "stop_sequence"u8,
            _ => "eos_token"u8,
        });
        json.WriteNumber("generated_tokens"u8, _usage?.OutputTotal ?? 0);
        json.WriteNumber("input_length"u8, _usage?.InputTotal ?? 0);
        json.WriteNull("seed"u8);
        json.WriteEndObject();
    }
}
