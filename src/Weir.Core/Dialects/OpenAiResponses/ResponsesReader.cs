using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// Reads an answer, stream or whole, into events. A stream's items are read from their own events; what a server left
/// out of them is taken from the item's <c>done</c> event.
/// </summary>
internal sealed class ResponsesReader(UpstreamTarget target) : IResponseReader
{
    private readonly ResponsesFacts _facts = new();
    private readonly AnswerItems _items = new(target.Quirks.ReasoningVendor);
    private bool _started, _ended;

    public ResponseFacts Facts => _facts.Facts;

    public void OnFrame(in Frame frame, List<ModelEvent> events)
    {
        if (_ended || frame.Data.IsEmpty || frame.Data.StartsWith("[DONE]"u8))
            return;
        var type = EventLook.TypeOf(frame);
        _facts.OnFrame(frame, type);
        if (Facts.Failure is not null)
        {
            Fail(events);
            return;
        }

        JsonElement document;
        try
        {
            var reader = new Utf8JsonReader(frame.Data);
            document = JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            Facts.Failure = new UpstreamFailure(0, null, "malformed_event", "The upstream sent an event that is not JSON.");
            Facts.IsComplete = false;
            Fail(events);
            return;
        }

        Start(document.Object("response"u8) ?? default, events);
        if (document.Object("response"u8) is { } response && Facts.IsComplete)
            End(response, events);
        else
            _items.OnEvent(document, events);
    }

    public void OnBody(ReadOnlyMemory<byte> body, List<ModelEvent> events)
    {
        _facts.ApplyBody(body.Span);
        if (!Facts.IsComplete)
        {
            Fail(events);
            return;
        }

        using var document = JsonDocument.Parse(body);
        Start(document.RootElement, events);
        End(document.RootElement, events);
    }

    private void Start(JsonElement response, List<ModelEvent> events)
    {
        if (_started)
            return;
        _started = true;
        long? created = response.Member("created_at"u8, JsonValueKind.Number) is { } time && time.TryGetInt64(out var seconds) && seconds > 0 ? seconds : null;
        events.Add(new ModelEvent.Start(Facts.ResponseId, Facts.ServedModel, created));
    }

    private void End(JsonElement response, List<ModelEvent> events)
    {
        _items.OnEnd(response, events);
        var incomplete = response.Object("incomplete_details"u8)?.Text("reason"u8);
        events.Add(new ModelEvent.Finish(ReasonOf(response.Text("status"u8), incomplete), Facts.FinishReason));
        if (Facts.Usage is { } usage)
            events.Add(new ModelEvent.UsageUpdate(usage));
        events.Add(new ModelEvent.End());
        _ended = true;
    }

    private StopReason ReasonOf(string? status, string? incomplete) => incomplete switch
    {
        "max_output_tokens" or "max_tokens" => StopReason.MaxTokens,
        "content_filter" => StopReason.ContentFilter,
        not null => StopReason.Other,
        _ when status == "incomplete" => StopReason.MaxTokens,
        _ when _items.CalledTools => StopReason.ToolUse,
        _ when _items.Refused => StopReason.Refusal,
        _ => StopReason.EndTurn,
    };

    private void Fail(List<ModelEvent> events)
    {
        if (_ended)
            return;
        _ended = true;
        Facts.Failure ??= new UpstreamFailure(0, null, "malformed_response", "The upstream's answer is not a response of this API.");
        var failure = Facts.Failure;
        events.Add(new ModelEvent.Error(failure.Type ?? failure.Code, failure.Message ?? "The upstream reported an error.",
            failure.Status == 0 ? null : failure.Status));
    }
}
