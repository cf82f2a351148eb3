using System.Buffers;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiCompletions;

/// <summary>Events as one completion, written at <see cref="ModelEvent.End"/>.</summary>
internal sealed class CompletionDocumentWriter(ResponseShape shape) : IResponseWriter
{
    private readonly StringBuilder _text = new();
    private ModelEvent.Start? _start;
    private ModelEvent.Finish? _finish;
    private RawJson _logprobs;
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
            case ModelEvent.TextDelta text when _kind is BlockKind.Text or BlockKind.Refusal:
                _text.Append(text.Text);
                break;
            case ModelEvent.Logprobs logprobs:
                _logprobs = logprobs.Json;
                break;
            case ModelEvent.UsageUpdate update:
                _usage = update.Usage;
                break;
            case ModelEvent.Finish finish:
                _finish = finish;
                break;
            case ModelEvent.End:
                WriteDocument(output);
                break;
            case ModelEvent.Error error:
                _failed = true;
                using (var json = RawJsonExtensions.CreateWriter(output))
                    CompletionAnswer.WriteError(json, error);
                break;
        }
    }

    private void WriteDocument(IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        CompletionAnswer.WriteHead(json, _start, shape);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteString("text"u8, _text.ToString());
        new CompletionLogprobs().Write(json, _logprobs);
        json.WriteString("finish_reason"u8, CompletionFinish.FromCanon(_finish?.Reason));
        json.WriteEndObject();
        json.WriteEndArray();
        if (_usage is { } usage)
            CompletionAnswer.WriteUsage(json, usage);
        json.WriteEndObject();
    }
}
