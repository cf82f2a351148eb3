using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// Turns a Messages answer into events. Server-side tool blocks (search results, code execution, compaction, fallback
/// markers) have no counterpart in other dialects and produce none; calls that ask for such tools do not cross
/// (see <see cref="RequestTools"/>).
/// </summary>
internal sealed class AnthropicResponseReader : IResponseReader
{
    private readonly AnthropicTap _tap = new();
    private readonly OpenBlocks _blocks = new();
    private readonly UsageAccumulator _usage = new();
    private bool _started, _finished, _ended;

    public ResponseFacts Facts => _tap.Facts;

    public void OnFrame(in Frame frame, List<ModelEvent> events)
    {
        if (_ended || frame.Data.IsEmpty)
            return;
        _tap.Observe(frame);
        StreamEventKind kind = StreamEvent.Kind(frame);
        if (kind is StreamEventKind.Ping or StreamEventKind.Unknown)
            return;
        try
        {
            var reader = new Utf8JsonReader(frame.Data);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            OnEvent(kind, document.RootElement, events);
        }
        catch (JsonException)
        {
            Fail("The upstream sent an event that is not JSON.", events);
        }
    }

    public void OnBody(ReadOnlyMemory<byte> body, List<ModelEvent> events)
    {
        _tap.OnBody(body.Span);
        if (Facts.Failure is { } failure)
        {
            _ended = true;
            events.Add(new ModelEvent.Error(failure.Type, failure.Message ?? "The upstream reported an error.", StatusOf(failure)));
            return;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement message = document.RootElement;
            if (!Facts.IsComplete)
                throw new JsonException("not a message");
            Start(message, events);
            if (message.Member("content"u8) is { } content && content.ValueKind == JsonValueKind.Array)
            {
                int index = 0;
                foreach (JsonElement block in content.EnumerateArray())
                {
                    _blocks.Open(index, block, events);
                    _blocks.Close(index++, events);
                }
            }

            Finish(message, events);
            End(events);
        }
        catch (JsonException)
        {
            Fail("The upstream's answer is not a JSON message.", events);
        }
    }

    private void OnEvent(StreamEventKind kind, JsonElement root, List<ModelEvent> events)
    {
        switch (kind)
        {
            case StreamEventKind.MessageStart:
                // Seen twice in real traffic, once in the middle of a tool call: what is open is cut off there.
                _blocks.CloseAll(events);
                _usage.Clear();
                Start(root.Member("message"u8) is { } message ? message : default, events);
                break;
            case StreamEventKind.ContentBlockStart when root.Member("content_block"u8) is { } block:
                _blocks.Open(root.Whole("index"u8) ?? 0, block, events);
                break;
            case StreamEventKind.ContentBlockDelta when root.Member("delta"u8) is { } delta:
                _blocks.Delta(root.Whole("index"u8) ?? 0, delta, events);
                break;
            case StreamEventKind.ContentBlockStop:
                _blocks.Close(root.Whole("index"u8) ?? 0, events);
                break;
            case StreamEventKind.MessageDelta:
                TakeUsage(root, events);
                if (root.Member("delta"u8) is { } end)
                    Finish(end, events);
                break;
            case StreamEventKind.MessageStop:
                End(events);
                break;
            case StreamEventKind.Error:
                _ended = true;
                UpstreamFailure failure = Facts.Failure ?? new UpstreamFailure(0, null, null, null);
                events.Add(new ModelEvent.Error(failure.Type, failure.Message ?? "The upstream reported an error.", StatusOf(failure)));
                break;
            default:
                break;
        }
    }

    private void Start(JsonElement message, List<ModelEvent> events)
    {
        if (!_started)
            events.Add(new ModelEvent.Start(message.Text("id"u8), message.Text("model"u8), null));
        _started = true;
        TakeUsage(message, events);
    }

    private void TakeUsage(JsonElement holder, List<ModelEvent> events)
    {
        if (holder.Member("usage"u8) is not { } usage || usage.ValueKind != JsonValueKind.Object)
            return;
        var reader = new Utf8JsonReader(usage.RawCopy().Utf8.Span);
        reader.Read();
        _usage.Read(ref reader);
        events.Add(new ModelEvent.UsageUpdate(_usage.ToUsage()));
    }

    /// <summary>A refusal's explanation is the only text such an answer has; it becomes a refusal block.</summary>
    private void Finish(JsonElement holder, List<ModelEvent> events)
    {
        if (_finished || holder.Text("stop_reason"u8) is not { } native)
            return;
        _finished = true;
        _blocks.CloseAll(events);
        if (holder.Member("stop_details"u8) is { } details && details.Text("explanation"u8) is { Length: > 0 } explanation)
            _blocks.Refusal(explanation, events);
        events.Add(new ModelEvent.Finish(StopReasons.Read(native), native, holder.Text("stop_sequence"u8)));
    }

    private void End(List<ModelEvent> events)
    {
        _ended = true;
        _blocks.CloseAll(events);
        if (!_finished)
            events.Add(new ModelEvent.Finish(StopReason.Other, null));
        events.Add(new ModelEvent.End());
    }

    private void Fail(string message, List<ModelEvent> events)
    {
        _ended = true;
        Facts.Failure ??= new UpstreamFailure(0, "api_error", "malformed_response", message);
        events.Add(new ModelEvent.Error("api_error", message, null));
    }

    private static int? StatusOf(UpstreamFailure failure) => failure.Status == 0 ? null : failure.Status;
}
