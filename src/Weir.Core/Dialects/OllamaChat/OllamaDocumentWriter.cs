using System.Buffers;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>Events as one chat or generate answer, written at <see cref="ModelEvent.End"/>.</summary>
internal sealed class OllamaDocumentWriter(ResponseShape shape) : AnswerWriter
{
    private readonly StringBuilder _text = new(), _thinking = new();
    private readonly List<(int Block, string Id, string Name, StringBuilder Arguments)> _calls = [];
    private RawJson _logprobs;
    private BlockKind _kind;

    protected override void Add(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        switch (modelEvent)
        {
            case ModelEvent.BlockStart block:
                _kind = block.Kind;
                break;
            case ModelEvent.TextDelta text:
                (_kind is BlockKind.Thinking or BlockKind.RedactedThinking ? _thinking : _text).Append(text.Text);
                break;
            case ModelEvent.ToolCallStart call:
                _calls.Add((call.Block, call.Id, call.Name, new StringBuilder()));
                break;
            case ModelEvent.ToolArgumentsDelta arguments:
                _calls.Find(c => c.Block == arguments.Block).Arguments?.Append(arguments.Fragment);
                break;
            case ModelEvent.Logprobs logprobs:
                _logprobs = logprobs.Json;
                break;
        }
    }

    protected override void WriteError(ModelEvent.Error error, IBufferWriter<byte> output) => OllamaError.Write(error.Message, output);

    protected override void WriteEnd(IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        OllamaAnswer.WriteHead(json, Start, shape);
        if (shape.Operation == Operation.Completion)
        {
            json.WriteString("response"u8, _text.ToString());
            if (_thinking.Length > 0)
                json.WriteString("thinking"u8, _thinking.ToString());
        }
        else
        {
            WriteMessage(json);
        }

        if (!_logprobs.IsEmpty)
            OllamaAnswer.WriteLogprobs(json, _logprobs);
        OllamaAnswer.WriteEnd(json, Finish?.Reason ?? StopReason.EndTurn, Usage);
        json.WriteEndObject();
    }

    private void WriteMessage(Utf8JsonWriter json)
    {
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, _text.ToString());
        if (_thinking.Length > 0)
            json.WriteString("thinking"u8, _thinking.ToString());
        if (_calls.Count > 0)
        {
            json.WriteStartArray("tool_calls"u8);
            foreach (var call in _calls)
                OllamaToolCall.Write(json, call.Id, call.Name, call.Arguments.ToString());
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
