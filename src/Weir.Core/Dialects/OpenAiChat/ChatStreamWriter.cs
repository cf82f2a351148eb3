using System.Buffers;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>
/// Events as chat chunks: the role first, one chunk per event that has something to say, the finish reason in a chunk of
/// its own, the usage chunk if asked for, and <c>[DONE]</c> only after a proper <see cref="ModelEvent.End"/>.
/// </summary>
internal sealed class ChatStreamWriter(ResponseShape shape) : IResponseWriter
{
    private readonly Dictionary<int, ToolState> _tools = [];
    private readonly StringBuilder _thinking = new();
    private Utf8JsonWriter? _json;
    private byte[] _head = [];
    private string? _id, _model;
    private long? _created;
    private Usage? _usage;
    private BlockKind _kind;
    private int _details;
    private bool _roleSent, _failed;

    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        if (_failed)
            return;
        switch (modelEvent)
        {
            case ModelEvent.Start start:
                (_id, _model, _created) = (start.Id, start.Model, start.CreatedUnixSeconds);
                SendRole(output);
                break;
            case ModelEvent.BlockStart block:
                _kind = block.Kind;
                _thinking.Clear();
                break;
            case ModelEvent.TextDelta text:
                WriteText(text.Text, output);
                break;
            case ModelEvent.Signature signature:
                WriteSignature(signature, output);
                break;
            case ModelEvent.ToolCallStart call:
                var index = _tools.Count;
                _tools[call.Block] = new ToolState(index);
                WriteCall(index, call.Id, call.Name, "", output);
                break;
            case ModelEvent.ToolArgumentsDelta { Fragment.Length: > 0 } arguments when _tools.TryGetValue(arguments.Block, out var tool):
                tool.HasArguments = true;
                WriteCall(tool.Index, null, null, arguments.Fragment, output);
                break;
            case ModelEvent.BlockStop stop when _tools.TryGetValue(stop.Block, out var ended) && !ended.HasArguments:
                // No arguments at all: clients parse this text as JSON.
                ended.HasArguments = true;
                WriteCall(ended.Index, null, null, "{}", output);
                break;
            case ModelEvent.Citation { Dialect: OpenAiChatDialect.DialectName } citation:
                var notes = Begin(output);
                notes.WriteStartArray("annotations"u8);
                notes.WriteRaw(citation.Json.OnOneLine());
                notes.WriteEndArray();
                EndDelta(output);
                break;
            case ModelEvent.Logprobs logprobs:
                Begin(output);
                EndDelta(output, logprobs: logprobs.Json.OnOneLine());
                break;
            case ModelEvent.UsageUpdate update:
                _usage = update.Usage;
                break;
            case ModelEvent.Finish finish:
                Begin(output);
                EndDelta(output, FinishReasons.FromCanon(finish.Reason, shape.LegacyFunctions));
                break;
            case ModelEvent.End:
                SendUsage(output);
                output.Write("data: [DONE]\n\n"u8);
                break;
            case ModelEvent.Error error:
                _failed = true;
                ChatErrorEvent.Write(error, output);
                break;
        }
    }

    private void WriteText(string text, IBufferWriter<byte> output)
    {
        if (text.Length == 0)
            return;
        if (_kind == BlockKind.Thinking)
            _thinking.Append(text);
        var json = Begin(output);
        json.WriteString(_kind switch
        {
            BlockKind.Thinking or BlockKind.RedactedThinking => "reasoning_content"u8,
            BlockKind.Refusal => "refusal"u8,
            _ => "content"u8,
        }, text);
        EndDelta(output);
    }

    // The whole text goes with its signature, so that a client that hands the array back hands back what was signed.
    private void WriteSignature(ModelEvent.Signature signature, IBufferWriter<byte> output)
    {
        var json = Begin(output);
        json.WriteStartArray("reasoning_details"u8);
        ReasoningDetailsWriter.Write(json, _details++, _kind == BlockKind.RedactedThinking ? null : _thinking.ToString(), signature);
        json.WriteEndArray();
        EndDelta(output);
    }

    private void WriteCall(int index, string? id, string? name, string arguments, IBufferWriter<byte> output)
    {
        if (shape.LegacyFunctions)
        {
            WriteFunctionCall(index, name, arguments, output);
            return;
        }

        var json = Begin(output);
        json.WriteStartArray("tool_calls"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        if (id is not null)
        {
            json.WriteString("id"u8, id);
            json.WriteString("type"u8, "function"u8);
        }

        json.WriteStartObject("function"u8);
        if (name is not null)
            json.WriteString("name"u8, name);
        json.WriteString("arguments"u8, arguments);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        EndDelta(output);
    }

    // The older form has room for one call; the upstream was asked for no more than one.
    private void WriteFunctionCall(int index, string? name, string arguments, IBufferWriter<byte> output)
    {
        if (index > 0)
            return;
        var json = Begin(output);
        json.WriteStartObject("function_call"u8);
        if (name is not null)
            json.WriteString("name"u8, name);
        json.WriteString("arguments"u8, arguments);
        json.WriteEndObject();
        EndDelta(output);
    }

    private void SendRole(IBufferWriter<byte> output)
    {
        if (_roleSent)
            return;
        _roleSent = true;
        _head = ChatChunkHead.Make(_id ?? shape.ResponseId, _created ?? shape.CreatedUnixSeconds, _model ?? shape.Model);
        var json = Begin(output);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("content"u8, ""u8);
        json.WriteNull("refusal"u8);
        EndDelta(output);
    }

    private void SendUsage(IBufferWriter<byte> output)
    {
        if (!shape.IncludeUsage || _usage is not { } usage)
            return;
        SendRole(output);
        output.Write(_head);
        output.Write("\"choices\":[],\"usage\":"u8);
        var json = Reset(output);
        ChatUsageWriter.Write(json, usage);
        json.Flush();
        output.Write("}\n\n"u8);
    }

    private Utf8JsonWriter Begin(IBufferWriter<byte> output)
    {
        SendRole(output);
        output.Write(_head);
        output.Write("\"choices\":[{\"index\":0,\"delta\":"u8);
        var json = Reset(output);
        json.WriteStartObject();
        return json;
    }

    private void EndDelta(IBufferWriter<byte> output, ReadOnlySpan<byte> finish = default, RawJson logprobs = default)
    {
        _json!.WriteEndObject();
        _json.Flush();
        output.Write(",\"logprobs\":"u8);
        output.Write(logprobs.IsEmpty ? "null"u8 : logprobs.Utf8.Span);
        output.Write(",\"finish_reason\":"u8);
        if (finish.IsEmpty)
        {
            output.Write("null"u8);
        }
        else
        {
            output.Write("\""u8);
            output.Write(finish);
            output.Write("\""u8);
        }

        output.Write(shape.IncludeUsage ? "}],\"usage\":null}\n\n"u8 : "}]}\n\n"u8);
    }

    private Utf8JsonWriter Reset(IBufferWriter<byte> output)
    {
        if (_json is null)
            _json = RawJsonExtensions.CreateWriter(output);
        else
            _json.Reset(output);
        return _json;
    }

    private sealed class ToolState(int index)
    {
        public int Index { get; } = index;
        public bool HasArguments { get; set; }
    }
}
