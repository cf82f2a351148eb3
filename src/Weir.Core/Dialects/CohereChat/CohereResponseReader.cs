using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>Reads a chat answer, events or whole, into canon events.</summary>
internal sealed class CohereResponseReader : IResponseReader
{
    private readonly CohereScan _scan = new();
    private int _nextBlock;
    private int _open = -1;
    private BlockKind _kind;
    private int _call = -1;
    private bool _argumentsBegan, _ended;

    public ResponseFacts Facts => _scan.Facts;

    public void OnFrame(in Frame frame, List<ModelEvent> events)
    {
        if (_ended || frame.Data.IsEmpty || frame.Data.StartsWith("[DONE]"u8))
            return;
        if (JsonElements.Parse(frame.Data) is not { } data)
        {
            Fail(new UpstreamFailure(0, null, "malformed_chunk", "The upstream sent an event that is not JSON."), events);
            return;
        }

        _scan.ApplyEvent(data);
        if (Facts.Failure is { } failure)
            Fail(failure, events);
        else
            Read(data, events);
    }

    public void OnBody(ReadOnlyMemory<byte> body, List<ModelEvent> events)
    {
        if (JsonElements.Parse(body.Span) is { } answer)
            _scan.ApplyBody(answer);
        else
            answer = default;
        if (!Facts.IsComplete || answer.Object("message"u8) is not { } message)
        {
            Fail(Facts.Failure ?? new UpstreamFailure(0, null, "malformed_response", "The upstream's answer is not a Cohere chat answer."), events);
            return;
        }

        events.Add(new ModelEvent.Start(Facts.ResponseId, null, null));
        foreach (var part in message.Items("content"u8))
            ReadPart(part, events);
        Cite(message.Items("citations"u8), events);
        Add(BlockKind.Text, message.Text("tool_plan"u8), events);
        foreach (var call in message.Items("tool_calls"u8))
        {
            StartCall(call, events);
            StopCall(events);
        }

        Close(events);
    }

    private void Read(JsonElement data, List<ModelEvent> events)
    {
        var message = data.Object("delta"u8)?.Object("message"u8) ?? default;
        switch (data.Text("type"u8))
        {
            case "message-start":
                events.Add(new ModelEvent.Start(Facts.ResponseId, null, null));
                break;
            case "content-start" or "content-delta":
                ReadPart(message.Object("content"u8) ?? default, events);
                break;
            case "content-end":
                CloseBlock(events);
                break;
            case "tool-plan-delta":
                Add(BlockKind.Text, message.Text("tool_plan"u8), events);
                break;
            case "tool-call-start":
                StartCall(message.Object("tool_calls"u8) ?? default, events);
                break;
            case "tool-call-delta" when _call >= 0 && message.Object("tool_calls"u8)?.Object("function"u8)?.Text("arguments"u8) is { Length: > 0 } more:
                AddArguments(more, events);
                break;
            case "tool-call-end":
                StopCall(events);
                break;
            case "citation-start" when message.Member("citations"u8) is { } citation:
                events.Add(new ModelEvent.Citation(Math.Max(0, _open), CohereChatDialect.DialectName, citation.RawCopy()));
                break;
            case "message-end":
                Close(events);
                break;
        }
    }

    private void ReadPart(JsonElement part, List<ModelEvent> events)
    {
        Add(BlockKind.Thinking, part.Text("thinking"u8), events);
        Add(BlockKind.Text, part.Text("text"u8), events);
    }

    private void Cite(JsonElement.ArrayEnumerator citations, List<ModelEvent> events)
    {
        foreach (var citation in citations)
            events.Add(new ModelEvent.Citation(Math.Max(0, _open), CohereChatDialect.DialectName, citation.RawCopy()));
    }

    private void Add(BlockKind kind, string? text, List<ModelEvent> events)
    {
        if (string.IsNullOrEmpty(text))
            return;
        if (_open < 0 || _kind != kind)
        {
            CloseBlock(events);
            (_open, _kind) = (_nextBlock++, kind);
            events.Add(new ModelEvent.BlockStart(_open, kind));
        }

        events.Add(new ModelEvent.TextDelta(_open, text));
    }

    private void StartCall(JsonElement call, List<ModelEvent> events)
    {
        CloseBlock(events);
        StopCall(events);
        var function = call.Object("function"u8) ?? default;
        if (function.Text("name"u8) is not { Length: > 0 } name)
            return;
        _call = _nextBlock++;
        events.Add(new ModelEvent.ToolCallStart(_call, call.Text("id"u8) ?? $"call_{Facts.ResponseId}_{_call}", name));
        _argumentsBegan = false;
        if (function.Text("arguments"u8) is { Length: > 0 } arguments)
            AddArguments(arguments, events);
    }

    // A tool without parameters is called with "null" here; everywhere else arguments are an object.
    private void AddArguments(string fragment, List<ModelEvent> events)
    {
        events.Add(new ModelEvent.ToolArgumentsDelta(_call, !_argumentsBegan && fragment == "null" ? "{}" : fragment));
        _argumentsBegan = true;
    }

    private void StopCall(List<ModelEvent> events)
    {
        if (_call < 0)
            return;
        events.Add(new ModelEvent.BlockStop(_call));
        _call = -1;
    }

    private void CloseBlock(List<ModelEvent> events)
    {
        if (_open < 0)
            return;
        events.Add(new ModelEvent.BlockStop(_open));
        _open = -1;
    }

    private void Close(List<ModelEvent> events)
    {
        CloseBlock(events);
        StopCall(events);
        if (Facts.Usage is { } usage)
            events.Add(new ModelEvent.UsageUpdate(usage));
        events.Add(new ModelEvent.Finish(CohereFinish.ToCanon(Facts.FinishReason), Facts.FinishReason));
        events.Add(new ModelEvent.End());
        _ended = true;
    }

    private void Fail(UpstreamFailure failure, List<ModelEvent> events)
    {
        _ended = true;
        Facts.Failure ??= failure;
        Facts.IsComplete = false;
        events.Add(new ModelEvent.Error(failure.Type ?? failure.Code, failure.Message ?? "The upstream reported an error.", failure.Status == 0 ? null : failure.Status));
    }
}
