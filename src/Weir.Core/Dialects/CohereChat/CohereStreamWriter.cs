using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>Events as Cohere's: blocks of content numbered from 0, calls numbered apart, <c>[DONE]</c> only after a proper <see cref="ModelEvent.End"/>.</summary>
internal sealed class CohereStreamWriter(ResponseShape shape) : IResponseWriter
{
    private readonly Dictionary<int, int> _contents = [];
    private readonly Dictionary<int, int> _calls = [];
    private readonly HashSet<int> _withArguments = [];
    private ModelEvent.Start? _start;
    private ModelEvent.Finish? _finish;
    private Usage? _usage;
    private BlockKind _kind;
    private bool _begun, _failed;

    public void Write(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        if (_failed)
            return;
        switch (modelEvent)
        {
            case ModelEvent.Start start:
                _start ??= start;
                Begin(output);
                break;
            case ModelEvent.BlockStart block:
                _kind = block.Kind;
                if (_kind != BlockKind.RedactedThinking)
                    Content("content-start"u8, _contents[block.Block] = _contents.Count, "", isStart: true, output);
                break;
            case ModelEvent.TextDelta { Text.Length: > 0 } text when _contents.TryGetValue(text.Block, out var index):
                Content("content-delta"u8, index, text.Text, isStart: false, output);
                break;
            case ModelEvent.ToolCallStart call:
                CallStart(_calls[call.Block] = _calls.Count, call, output);
                break;
            case ModelEvent.ToolArgumentsDelta { Fragment.Length: > 0 } more when _calls.TryGetValue(more.Block, out var number):
                _withArguments.Add(more.Block);
                CallDelta(number, more.Fragment, output);
                break;
            case ModelEvent.BlockStop stop:
                Stop(stop.Block, output);
                break;
            case ModelEvent.UsageUpdate update:
                _usage = update.Usage;
                break;
            case ModelEvent.Finish finish:
                _finish = finish;
                break;
            case ModelEvent.End:
                End(output);
                break;
            case ModelEvent.Error error:
                _failed = true;
                CohereEvents.WriteFailure(error.Message, output);
                break;
        }
    }

    private void Begin(IBufferWriter<byte> output)
    {
        if (_begun)
            return;
        _begun = true;
        CohereEvents.Write("message-start"u8, json =>
        {
            json.WriteString("id"u8, _start?.Id ?? shape.ResponseId);
            Message(json, message =>
            {
                message.WriteString("role"u8, "assistant"u8);
                foreach (var name in (ReadOnlySpan<string>)["content", "tool_calls", "citations"])
                {
                    message.WriteStartArray(name);
                    message.WriteEndArray();
                }

                message.WriteString("tool_plan"u8, ""u8);
            });
        }, output);
    }

    private void Content(ReadOnlySpan<byte> type, int index, string text, bool isStart, IBufferWriter<byte> output)
    {
        var isThinking = _kind == BlockKind.Thinking;
        CohereEvents.Write(type, json =>
        {
            json.WriteNumber("index"u8, index);
            Message(json, message =>
            {
                message.WriteStartObject("content"u8);
                if (isStart)
                    message.WriteString("type"u8, isThinking ? "thinking"u8 : "text"u8);
                message.WriteString(isThinking ? "thinking"u8 : "text"u8, text);
                message.WriteEndObject();
            });
        }, output);
    }

    private static void CallStart(int index, ModelEvent.ToolCallStart call, IBufferWriter<byte> output) => CohereEvents.Write("tool-call-start"u8, json =>
    {
        json.WriteNumber("index"u8, index);
        Message(json, message => CohereAnswer.WriteCall(message, "tool_calls"u8, call.Id, call.Name, ""));
    }, output);

    private static void CallDelta(int index, string fragment, IBufferWriter<byte> output) => CohereEvents.Write("tool-call-delta"u8, json =>
    {
        json.WriteNumber("index"u8, index);
        Message(json, message =>
        {
            message.WriteStartObject("tool_calls"u8);
            message.WriteStartObject("function"u8);
            message.WriteString("arguments"u8, fragment);
            message.WriteEndObject();
            message.WriteEndObject();
        });
    }, output);

    private void Stop(int block, IBufferWriter<byte> output)
    {
        var isCall = _calls.TryGetValue(block, out var index);
        // No arguments at all: clients parse this text as JSON.
        if (isCall && !_withArguments.Contains(block))
            CallDelta(index, "{}", output);
        if (isCall || _contents.TryGetValue(block, out index))
            CohereEvents.Write(isCall ? "tool-call-end"u8 : "content-end"u8, json => json.WriteNumber("index"u8, index), output);
    }

    private void End(IBufferWriter<byte> output)
    {
        Begin(output);
        CohereEvents.Write("message-end"u8, json =>
        {
            json.WriteString("id"u8, _start?.Id ?? shape.ResponseId);
            json.WriteStartObject("delta"u8);
            json.WriteString("finish_reason"u8, CohereFinish.FromCanon(_finish?.Reason ?? StopReason.EndTurn));
            if (_usage is { } usage)
                CohereUsage.Write(json, usage);
            json.WriteEndObject();
        }, output);
        output.Write("data: [DONE]\n\n"u8);
    }

    private static void Message(Utf8JsonWriter json, Action<Utf8JsonWriter> members)
    {
        json.WriteStartObject("delta"u8);
        json.WriteStartObject("message"u8);
        members(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
