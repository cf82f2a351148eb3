using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>Reads a chat answer, stream or whole, into events. Only the first choice: more cannot be translated.</summary>
internal sealed class ChatResponseReader(UpstreamTarget target) : IResponseReader
{
    private readonly ChatFacts _facts = new(target.Quirks, choices: 1);
    private readonly ChatBlocks _blocks = new();
    private bool _started;
    private bool _ended;

    public ResponseFacts Facts => _facts.Facts;

    public void OnFrame(in Frame frame, List<ModelEvent> events)
    {
        if (_ended)
            return;
        var data = frame.Data;
        if (data.IsEmpty)
        {
            if (!frame.Raw.IsEmpty && frame.Raw[0] != (byte)':' && _facts.TakeErrorField(frame.Raw))
                Fail(events);
            return;
        }

        if (data.Length < 16 && data.Trim((byte)' ').SequenceEqual("[DONE]"u8))
        {
            _facts.Close();
            Close(events);
            return;
        }

        var scan = ChatScan.Of(data, wantsIdentity: !_started);
        _facts.Apply(scan);
        ReadDocument(data, scan, whole: false, events);
        if (_facts.Facts.IsComplete)
            Close(events);
    }

    public void OnBody(ReadOnlyMemory<byte> body, List<ModelEvent> events)
    {
        var scan = _facts.ApplyBody(body.Span);
        ReadDocument(body.Span, scan, whole: true, events);
        if (Facts.IsComplete && scan.Choices > 0)
            Close(events);
        else if (!_ended)
            Fail(events);
    }

    private void ReadDocument(ReadOnlySpan<byte> data, in ChatScan scan, bool whole, List<ModelEvent> events)
    {
        JsonElement document;
        try
        {
            var reader = new Utf8JsonReader(data);
            document = JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            Facts.Failure ??= new UpstreamFailure(0, null, "malformed_chunk", "The upstream sent a chunk that is not JSON.");
            Facts.IsComplete = false;
            Fail(events);
            return;
        }

        if (scan.Failure is not null)
        {
            Fail(events);
            return;
        }

        Start(document, events);
        foreach (var choice in document.Items("choices"u8))
        {
            if ((choice.Whole("index"u8) ?? 0) != 0)
                continue;
            // Perplexity sends both: beside each delta the whole answer so far, beside a whole answer an empty delta.
            if ((choice.Object(whole ? "message"u8 : "delta"u8) ?? choice.Object(whole ? "delta"u8 : "message"u8)) is { } content)
                _blocks.Read(content, Facts.ResponseId, events);
            if (choice.Object("logprobs"u8) is { } logprobs)
                events.Add(new ModelEvent.Logprobs(_blocks.Current, RawJson.FromText(logprobs.GetRawText())));
            if (choice.Text("finish_reason"u8) is { Length: > 0 } finish)
            {
                _blocks.CloseAll(events);
                var reason = FinishReasons.ToCanon(finish, _blocks.CalledTools);
                var stop = choice.Text("stop_reason"u8); // vLLM: the sequence that matched
                if (reason == StopReason.EndTurn && stop is not null)
                    reason = StopReason.StopSequence;
                events.Add(new ModelEvent.Finish(reason, finish, stop));
            }
        }

        if (scan.Usage is not null && Facts.Usage is { } usage)
            events.Add(new ModelEvent.UsageUpdate(usage));
    }

    private void Start(JsonElement document, List<ModelEvent> events)
    {
        // Azure's first chunk carries filter results, an empty id and an empty model: not yet the beginning.
        if (_started || (Facts.ResponseId is null && Facts.ServedModel is null && !document.Items("choices"u8).Any()))
            return;
        _started = true;
        long? created = document.Member("created"u8, JsonValueKind.Number) is { } time && time.TryGetInt64(out var seconds) && seconds > 0
            ? seconds : null;
        events.Add(new ModelEvent.Start(Facts.ResponseId, Facts.ServedModel, created));
    }

    private void Close(List<ModelEvent> events)
    {
        if (_ended)
            return;
        if (Facts.Failure is not null)
        {
            Fail(events);
            return;
        }

        _blocks.CloseAll(events);
        _ended = true;
        events.Add(new ModelEvent.End());
    }

    private void Fail(List<ModelEvent> events)
    {
        if (_ended)
            return;
        _ended = true;
        Facts.Failure ??= new UpstreamFailure(0, null, "malformed_response", "The upstream's answer is not a chat completion.");
        var failure = Facts.Failure;
        events.Add(new ModelEvent.Error(failure.Type ?? failure.Code, failure.Message ?? "The upstream reported an error.",
            failure.Status == 0 ? null : failure.Status));
    }
}
