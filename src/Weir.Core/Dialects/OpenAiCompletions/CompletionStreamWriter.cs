using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiCompletions;

/// <summary>Events as completion chunks: text only, thinking has no place here. <c>[DONE]</c> only after a proper <see cref="ModelEvent.End"/>.</summary>
internal sealed class CompletionStreamWriter(ResponseShape shape) : IResponseWriter
{
    private readonly CompletionLogprobs _logprobs = new();
    private ModelEvent.Start? _start;
    private Usage? _usage;
    private BlockKind _kind;
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
            case ModelEvent.BlockStart block:
                _kind = block.Kind;
                break;
            case ModelEvent.TextDelta { Text.Length: > 0 } text when _kind is BlockKind.Text or BlockKind.Refusal:
                Chunk(text.Text, default, default, output);
                break;
            case ModelEvent.Logprobs logprobs:
                Chunk("", logprobs.Json, default, output);
                break;
            case ModelEvent.UsageUpdate update:
                _usage = update.Usage;
                break;
            case ModelEvent.Finish finish:
                Chunk("", default, CompletionFinish.FromCanon(finish.Reason), output);
                break;
            case ModelEvent.End:
                if (shape.IncludeUsage && _usage is { } usage)
                    UsageChunk(usage, output);
                output.Write("data: [DONE]\n\n"u8);
                break;
            case ModelEvent.Error error:
                _failed = true;
                Data(output, json => CompletionAnswer.WriteError(json, error));
                break;
        }
    }

    private void Chunk(string text, RawJson logprobs, ReadOnlySpan<byte> finish, IBufferWriter<byte> output)
    {
        output.Write("data: "u8);
        using (var json = RawJsonExtensions.CreateWriter(output))
        {
            json.WriteStartObject();
            CompletionAnswer.WriteHead(json, _start, shape);
            json.WriteStartArray("choices"u8);
            json.WriteStartObject();
            json.WriteNumber("index"u8, 0);
            json.WriteString("text"u8, text);
            _logprobs.Write(json, logprobs);
            if (finish.IsEmpty)
                json.WriteNull("finish_reason"u8);
            else
                json.WriteString("finish_reason"u8, finish);
            json.WriteEndObject();
            json.WriteEndArray();
            if (shape.IncludeUsage)
                json.WriteNull("usage"u8);
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    private void UsageChunk(Usage usage, IBufferWriter<byte> output) => Data(output, json =>
    {
        json.WriteStartObject();
        CompletionAnswer.WriteHead(json, _start, shape);
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        CompletionAnswer.WriteUsage(json, usage);
        json.WriteEndObject();
    });

    private static void Data(IBufferWriter<byte> output, Action<Utf8JsonWriter> write)
    {
        output.Write("data: "u8);
        using (var json = RawJsonExtensions.CreateWriter(output))
            write(json);
        output.Write("\n\n"u8);
    }
}
