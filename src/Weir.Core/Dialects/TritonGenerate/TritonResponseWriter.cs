using System.Buffers;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.TritonGenerate;

/// <summary>Events as answers: one per piece of text in a stream, one at <see cref="ModelEvent.End"/> otherwise.</summary>
internal sealed class TritonResponseWriter(ResponseShape shape) : IResponseWriter
{
    private readonly StringBuilder _whole = new();
    private string? _model;
    private BlockKind _kind;

    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        switch (modelEvent)
        {
            case ModelEvent.Start start:
                _model = start.Model;
                break;
            case ModelEvent.BlockStart block:
                _kind = block.Kind;
                break;
            case ModelEvent.TextDelta { Text.Length: > 0 } text when _kind is BlockKind.Text or BlockKind.Refusal:
                if (shape.Stream)
                    Event(text.Text, output);
                else
                    _whole.Append(text.Text);
                break;
            case ModelEvent.End when !shape.Stream:
                Answer(_whole.ToString(), output);
                break;
            case ModelEvent.Error error:
                if (shape.Stream)
                    output.Write("data: "u8);
                WriteError(error.Message, output);
                if (shape.Stream)
                    output.Write("\n\n"u8);
                break;
        }
    }

    public static void WriteError(string message, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("error"u8, message);
        json.WriteEndObject();
    }

    private void Event(string text, IBufferWriter<byte> output)
    {
        output.Write("data: "u8);
        Answer(text, output);
        output.Write("\n\n"u8);
    }

    private void Answer(string text, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("model_name"u8, _model ?? shape.Model);
        json.WriteString("model_version"u8, "1"u8);
        json.WriteString("text_output"u8, text);
        json.WriteEndObject();
    }
}
