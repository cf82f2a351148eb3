using System.Buffers;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiCompletions;

/// <summary>Events as one completion, written at <see cref="ModelEvent.End"/>.</summary>
internal sealed class CompletionDocumentWriter(ResponseShape shape) : AnswerWriter
{
    private readonly StringBuilder _text = new();
    private RawJson _logprobs;
    private BlockKind _kind;

    protected override void Add(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        switch (modelEvent)
        {
            case ModelEvent.BlockStart block:
                _kind = block.Kind;
                break;
            case ModelEvent.TextDelta text when _kind is BlockKind.Text or BlockKind.Refusal:
                _text.Append(text.Text);
                break;
            case ModelEvent.Logprobs logprobs:
                _logprobs = logprobs.Json;
                break;
        }
    }

    protected override void WriteError(ModelEvent.Error error, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        CompletionAnswer.WriteError(json, error);
    }

    protected override void WriteEnd(IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        CompletionAnswer.WriteHead(json, Start, shape);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteString("text"u8, _text.ToString());
        new CompletionLogprobs().Write(json, _logprobs);
        json.WriteString("finish_reason"u8, CompletionFinish.FromCanon(Finish?.Reason));
        json.WriteEndObject();
        json.WriteEndArray();
        if (Usage is { } usage)
            CompletionAnswer.WriteUsage(json, usage);
        json.WriteEndObject();
    }
}
