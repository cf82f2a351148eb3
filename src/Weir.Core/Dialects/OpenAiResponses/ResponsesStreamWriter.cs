using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// Events as the typed events of a Responses stream, in the order the service sends them: <c>created</c>,
/// <c>in_progress</c>, then for each item <c>added</c>, its content, <c>done</c>, at last the whole response. A cut
/// stream has no last event.
/// </summary>
internal sealed class ResponsesStreamWriter : IResponseWriter, IAnswerEvents, IKeepableAnswer
{
    private readonly ResponseHead _head;
    private readonly AnswerBuilder _answer;
    private readonly ResponseShape _shape;
    private readonly Utf8JsonWriter _json;
    private IBufferWriter<byte> _output = null!;
    private int _sequence;
    private bool _isOver;

    public ResponsesStreamWriter(ResponseShape shape)
    {
        _shape = shape;
        _head = new ResponseHead(shape);
        _answer = new AnswerBuilder(shape, _head.Tools, this);
        _json = RawJsonExtensions.CreateWriter(new ArrayBufferWriter<byte>());
    }

    public (string Id, ReadOnlyMemory<byte> Document)? Kept { get; private set; }

    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        if (_isOver)
            return;
        _output = output;
        _answer.Apply(modelEvent);
        if (modelEvent is ModelEvent.Error error)
        {
            _isOver = true;
            ResponsesErrorEvent.Write(error, _sequence, output);
        }
        else if (modelEvent is ModelEvent.End)
        {
            _isOver = true;
            WriteResponse(_answer.IncompleteReason is null ? "response.completed"u8 : "response.incomplete"u8, _answer.Status);
            if (_head.IsKept)
                Kept = KeptAnswer.Make(_shape, _head, _answer);
        }
    }

    public void Started()
    {
        WriteResponse("response.created"u8, "in_progress");
        WriteResponse("response.in_progress"u8, "in_progress");
    }

    public void ItemAdded(OutputItem item) => WriteItem("response.output_item.added"u8, item);

    public void PartAdded(OutputItem item, OutputPart part) => WritePart("response.content_part.added"u8, item, part);

    public void TextDelta(OutputItem item, OutputPart part, string text)
    {
        BeginPart(part.IsRefusal ? "response.refusal.delta"u8 : "response.output_text.delta"u8, item, part);
        _json.WriteString("delta"u8, text);
        if (!part.IsRefusal)
            OutputPart.WriteList(_json, "logprobs"u8, []);
        End();
    }

    public void AnnotationAdded(OutputItem item, OutputPart part, RawJson annotation)
    {
        BeginPart("response.output_text.annotation.added"u8, item, part);
        _json.WriteNumber("annotation_index"u8, part.Annotations.Count - 1);
        _json.WriteRaw("annotation"u8, annotation);
        End();
    }

    public void PartDone(OutputItem item, OutputPart part)
    {
        BeginPart(part.IsRefusal ? "response.refusal.done"u8 : "response.output_text.done"u8, item, part);
        _json.WriteString(part.IsRefusal ? "refusal"u8 : "text"u8, part.Text.ToString());
        if (!part.IsRefusal)
            OutputPart.WriteList(_json, "logprobs"u8, part.Logprobs);
        End();
        WritePart("response.content_part.done"u8, item, part);
    }

    public void ReasoningDelta(OutputItem item, string text, bool isFirst)
    {
        if (isFirst)
            WriteSummaryPart("response.reasoning_summary_part.added"u8, item, "");
        BeginSummary("response.reasoning_summary_text.delta"u8, item);
        _json.WriteString("delta"u8, text);
        End();
    }

    public void ArgumentsDelta(OutputItem item, string fragment)
    {
        BeginItem("response.function_call_arguments.delta"u8, item);
        _json.WriteString("delta"u8, fragment);
        End();
    }

    public void ItemDone(OutputItem item)
    {
        var text = item.Text.ToString();
        switch (item.Kind)
        {
            case OutputItemKind.Reasoning when text.Length > 0:
                BeginSummary("response.reasoning_summary_text.done"u8, item);
                _json.WriteString("text"u8, text);
                End();
                WriteSummaryPart("response.reasoning_summary_part.done"u8, item, text);
                break;
            case OutputItemKind.FunctionCall:
                BeginItem("response.function_call_arguments.done"u8, item);
                _json.WriteString("name"u8, item.Tool.Name);
                _json.WriteString("arguments"u8, text);
                End();
                break;
            case OutputItemKind.CustomCall:
                // The text is inside JSON until the call is whole: it comes in one delta.
                var input = FreeformInput.FromArguments(text);
                BeginItem("response.custom_tool_call_input.delta"u8, item);
                _json.WriteString("delta"u8, input);
                End();
                BeginItem("response.custom_tool_call_input.done"u8, item);
                _json.WriteString("input"u8, input);
                End();
                break;
        }

        WriteItem("response.output_item.done"u8, item);
    }

    private void WriteResponse(ReadOnlySpan<byte> type, string status)
    {
        Begin(type);
        _json.WritePropertyName("response"u8);
        _head.Write(_json, status, _answer);
        End();
    }

    private void WriteItem(ReadOnlySpan<byte> type, OutputItem item)
    {
        Begin(type);
        _json.WriteNumber("output_index"u8, item.Index);
        _json.WritePropertyName("item"u8);
        item.Write(_json);
        End();
    }

    private void WritePart(ReadOnlySpan<byte> type, OutputItem item, OutputPart part)
    {
        BeginPart(type, item, part);
        _json.WritePropertyName("part"u8);
        part.Write(_json);
        End();
    }

    private void WriteSummaryPart(ReadOnlySpan<byte> type, OutputItem item, string text)
    {
        BeginSummary(type, item);
        _json.WritePropertyName("part"u8);
        OutputItem.WriteSummary(_json, text);
        End();
    }

    private void BeginSummary(ReadOnlySpan<byte> type, OutputItem item)
    {
        BeginItem(type, item);
        _json.WriteNumber("summary_index"u8, 0);
    }

    private void BeginPart(ReadOnlySpan<byte> type, OutputItem item, OutputPart part)
    {
        BeginItem(type, item);
        _json.WriteNumber("content_index"u8, part.Index);
    }

    private void BeginItem(ReadOnlySpan<byte> type, OutputItem item)
    {
        Begin(type);
        _json.WriteString("item_id"u8, item.Id);
        _json.WriteNumber("output_index"u8, item.Index);
    }

    private void Begin(ReadOnlySpan<byte> type)
    {
        _output.Write("event: "u8);
        _output.Write(type);
        _output.Write("\ndata: "u8);
        _json.Reset(_output);
        _json.WriteStartObject();
        _json.WriteString("type"u8, type);
        _json.WriteNumber("sequence_number"u8, _sequence++);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _output.Write("\n\n"u8);
    }
}
