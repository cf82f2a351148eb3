using System.Buffers;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>
/// Events as lines: one per piece of text, one per finished tool call (Ollama never sends half a call), and the last with
/// <c>done</c>, reason and usage only after a proper <see cref="ModelEvent.End"/>.
/// </summary>
internal sealed class OllamaStreamWriter(ResponseShape shape) : AnswerWriter
{
    private readonly bool _isGenerate = shape.Operation == Operation.Completion;
    private readonly Dictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];
    private BlockKind _kind;

    protected override void Add(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        switch (modelEvent)
        {
            case ModelEvent.BlockStart block:
                _kind = block.Kind;
                break;
            case ModelEvent.TextDelta { Text.Length: > 0 } text:
                Line(output, json => WriteText(json, text.Text), null);
                break;
            case ModelEvent.ToolCallStart call:
                _calls[call.Block] = (call.Id, call.Name, new StringBuilder());
                break;
            case ModelEvent.ToolArgumentsDelta arguments when _calls.TryGetValue(arguments.Block, out var open):
                open.Arguments.Append(arguments.Fragment);
                break;
            case ModelEvent.BlockStop stop when _calls.Remove(stop.Block, out var call) && !_isGenerate:
                Line(output, json => WriteCall(json, call.Id, call.Name, call.Arguments.ToString()), null);
                break;
            case ModelEvent.Logprobs logprobs:
                Line(output, json => WriteText(json, ""), json => OllamaAnswer.WriteLogprobs(json, logprobs.Json));
                break;
        }
    }

    protected override void WriteEnd(IBufferWriter<byte> output) => Line(output, json => WriteText(json, ""), null, isLast: true);

    protected override void WriteError(ModelEvent.Error error, IBufferWriter<byte> output)
    {
        OllamaError.Write(error.Message, output);
        output.Write("\n"u8);
    }

    private void Line(IBufferWriter<byte> output, Action<Utf8JsonWriter> body, Action<Utf8JsonWriter>? more, bool isLast = false)
    {
        using (var json = RawJsonExtensions.CreateWriter(output))
        {
            json.WriteStartObject();
            OllamaAnswer.WriteHead(json, Start, shape);
            body(json);
            more?.Invoke(json);
            if (isLast)
                OllamaAnswer.WriteEnd(json, Finish?.Reason ?? StopReason.EndTurn, Usage);
            else
                json.WriteBoolean("done"u8, false);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private void WriteText(Utf8JsonWriter json, string text)
    {
        var isThinking = text.Length > 0 && _kind is (BlockKind.Thinking or BlockKind.RedactedThinking);
        if (_isGenerate)
        {
            json.WriteString("response"u8, isThinking ? "" : text);
            if (isThinking)
                json.WriteString("thinking"u8, text);
            return;
        }

        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, isThinking ? "" : text);
        if (isThinking)
            json.WriteString("thinking"u8, text);
        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, string id, string name, string arguments)
    {
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, ""u8);
        json.WriteStartArray("tool_calls"u8);
        OllamaToolCall.Write(json, id, name, arguments);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
