using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>Turns an answer into events. Only the first candidate: more cannot be translated, and none is asked for.</summary>
internal sealed class GeminiResponseReader(UpstreamTarget target) : IResponseReader
{
    private readonly GeminiTap _tap = new(target, 1);
    private readonly AnswerReader _answer = new();
    private bool _started, _finished, _ended;

    public ResponseFacts Facts => _tap.Facts;

    public void OnFrame(in Frame frame, List<ModelEvent> events)
    {
        if (_ended)
            return;
        _tap.Observe(frame);
        if (frame.Data.IsEmpty)
        {
            if (Facts.IsComplete)
                End(events);
            return;
        }

        try
        {
            var reader = new Utf8JsonReader(frame.Data);
            Read(JsonElement.ParseValue(ref reader), events);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            Fail(new UpstreamFailure(0, null, "malformed_event", "The upstream sent an event that is not JSON."), events);
        }
    }

    public void OnBody(ReadOnlyMemory<byte> body, List<ModelEvent> events)
    {
        _tap.OnBody(body.Span);
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            foreach (JsonElement element in document.RootElement.Each())
                Read(element, events);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            Facts.IsComplete = false;
        }

        if (_ended)
            return;
        if (Facts.IsComplete && _finished)
            End(events);
        else
            Fail(Facts.Failure ?? new UpstreamFailure(0, null, "malformed_response", "The upstream's answer is no generated content."), events);
    }

    private void Read(JsonElement response, List<ModelEvent> events)
    {
        if (_ended)
            return;
        if (Facts.Failure is { } failure)
        {
            Fail(failure, events);
            return;
        }

        if (response.ValueKind != JsonValueKind.Object)
            return;
        if (!_started)
            events.Add(new ModelEvent.Start(Facts.ResponseId, Facts.ServedModel, Created(response)));
        _started = true;
        foreach (JsonElement candidate in response.ItemsOf("candidates"))
        {
            if (candidate.WholeOf("index") is null or 0)
                Candidate(candidate, events);
        }

        if (response.TryField("promptFeedback", out JsonElement feedback) && feedback.TextOf("blockReason") is { } blocked)
            Finish(StopReason.ContentFilter, blocked, events);
        if (Facts.Usage is { } usage && response.TryField("usageMetadata", out _))
            events.Add(new ModelEvent.UsageUpdate(usage));
    }

    private void Candidate(JsonElement candidate, List<ModelEvent> events)
    {
        if (candidate.TryField("content", out JsonElement content))
        {
            foreach (JsonElement part in content.ItemsOf("parts"))
                _answer.Part(part, Facts.ResponseId, events);
        }

        if (candidate.TryField("logprobsResult", out JsonElement logprobs) && LogprobsShape.ToCanon(logprobs) is { IsEmpty: false } shaped)
            events.Add(new ModelEvent.Logprobs(_answer.Current, shaped));
        foreach (string source in (ReadOnlySpan<string>)["groundingMetadata", "citationMetadata", "urlContextMetadata"])
        {
            if (candidate.TryField(source, out JsonElement metadata))
                events.Add(new ModelEvent.Citation(_answer.Current, GeminiGenerateDialect.DialectName, metadata.RawCopy()));
        }

        if (candidate.TryField("finishReason", out _) && Facts.FinishReason is { } native)
        {
            if (FinishReasons.IsFailedCall(native) && !_answer.HasContent)
                Fail(new UpstreamFailure(502, native, native.ToLowerInvariant(), candidate.TextOf("finishMessage") ?? "The model produced no usable function call."), events);
            else
                Finish(FinishReasons.ToCanon(native, _answer.CalledTools), native, events);
        }
    }

    private void Finish(StopReason reason, string native, List<ModelEvent> events)
    {
        if (_finished)
            return;
        _finished = true;
        _answer.Close(events);
        events.Add(new ModelEvent.Finish(reason, native));
    }

    private void End(List<ModelEvent> events)
    {
        _ended = true;
        _answer.Close(events);
        events.Add(new ModelEvent.End());
    }

    private void Fail(UpstreamFailure failure, List<ModelEvent> events)
    {
        if (_ended)
            return;
        _ended = true;
        Facts.Failure ??= failure;
        Facts.IsComplete = false;
        events.Add(new ModelEvent.Error(failure.Type ?? failure.Code, failure.Message ?? "The upstream reported an error.", failure.Status == 0 ? null : failure.Status));
    }

    private static long? Created(JsonElement response)
        => DateTimeOffset.TryParse(response.TextOf("createTime"), System.Globalization.CultureInfo.InvariantCulture, out DateTimeOffset time) ? time.ToUnixTimeSeconds() : null;
}
