using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;
using Weir.Core.Dialects.EventStream;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Turns a Converse answer, stream or whole, into events.</summary>
internal sealed class ConverseResponseReader(UpstreamTarget target) : IResponseReader
{
    private readonly ConverseTap _tap = new();
    private readonly ConverseBlocks _blocks = new(ReasoningSeal.VendorOf(target.Model));
    private bool _started, _finished, _ended;

    public ResponseFacts Facts => _tap.Facts;

    public void OnFrame(in Frame frame, List<ModelEvent> events)
    {
        if (_ended)
            return;
        var understood = _tap.Observe(frame);
        if (Facts.Failure is not null)
        {
            Fail(events);
            return;
        }
        if (!understood)
        {
            Facts.Failure = new UpstreamFailure(0, null, "malformed_event", "The upstream sent an event that is not JSON.");
            Fail(events);
            return;
        }
        if (EventStreamFramer.IsFailure(frame) || frame.Data.IsEmpty)
            return;
        try
        {
            var reader = new Utf8JsonReader(frame.Data);
            using var document = JsonDocument.ParseValue(ref reader);
            OnEvent(System.Text.Encoding.UTF8.GetString(frame.EventName), document.RootElement, events);
        }
        catch (JsonException)
        {
            Facts.Failure ??= new UpstreamFailure(0, null, "malformed_event", "The upstream sent an event that is not JSON.");
            Fail(events);
        }
    }

    public void OnBody(ReadOnlyMemory<byte> body, List<ModelEvent> events)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            _tap.Observe(root);
            if (Facts.IsComplete)
            {
                Start(events);
                if (root.Member("output"u8) is { } output && output.Member("message"u8) is { } message)
                {
                    var index = 0;
                    foreach (var block in message.Items("content"u8))
                    {
                        _blocks.Whole(index, block, events);
                        _blocks.Close(index++, events);
                    }
                }
                Finish(root, events);
                End(events);
                return;
            }
        }
        catch (JsonException)
        {
            // Said below.
        }
        Facts.Failure ??= new UpstreamFailure(0, null, "malformed_response", "The upstream's answer is not a Converse document.");
        Fail(events);
    }

    private void OnEvent(string type, JsonElement root, List<ModelEvent> events)
    {
        switch (type)
        {
            case "messageStart":
                Start(events);
                break;
            case "contentBlockStart" when root.Member("start"u8) is { } start:
                Start(events);
                _blocks.Open(Index(root), start, events);
                break;
            case "contentBlockDelta" when root.Member("delta"u8) is { } delta:
                Start(events);
                _blocks.Delta(Index(root), delta, events);
                break;
            case "contentBlockStop":
                _blocks.Close(Index(root), events);
                break;
            case "messageStop":
                Finish(root, events);
                if (Facts.IsComplete)
                    End(events);
                break;
            case "metadata" when Facts.IsComplete:
                End(events);
                break;
            default:
                break;
        }
    }

    private static int Index(JsonElement root) => (int)(root.Whole("contentBlockIndex"u8) ?? 0);

    private void Start(List<ModelEvent> events)
    {
        // The answer does not name its model: it is the one that was asked, or an inference profile's.
        if (!_started)
            events.Add(new ModelEvent.Start(Facts.ResponseId, target.Model, null));
        _started = true;
    }

    private void Finish(JsonElement holder, List<ModelEvent> events)
    {
        if (_finished || holder.Text("stopReason"u8) is not { } native)
            return;
        _finished = true;
        _blocks.CloseAll(events);
        events.Add(new ModelEvent.Finish(ConverseStopReasons.Read(native), native));
    }

    private void End(List<ModelEvent> events)
    {
        _ended = true;
        _blocks.CloseAll(events);
        if (Facts.Usage is { } usage)
            events.Add(new ModelEvent.UsageUpdate(usage));
        if (!_finished)
            events.Add(new ModelEvent.Finish(StopReason.Other, null));
        events.Add(new ModelEvent.End());
    }

    private void Fail(List<ModelEvent> events)
    {
        _ended = true;
        var failure = Facts.Failure!;
        Facts.IsComplete = false;
        events.Add(new ModelEvent.Error(failure.Type ?? failure.Code, failure.Message ?? "The upstream reported an error.", failure.Status == 0 ? null : failure.Status));
    }
}
