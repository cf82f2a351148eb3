using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.TgiGenerate;

/// <summary>Reads an answer, stream or whole, into events.</summary>
internal sealed class TgiResponseReader : IResponseReader
{
    private readonly TgiScan _scan = new();
    private readonly TextEvents _text;

    public TgiResponseReader() => _text = new TextEvents(_scan.Facts);

    public ResponseFacts Facts => _scan.Facts;

    public void OnFrame(in Frame frame, List<ModelEvent> events)
    {
        if (_text.HasEnded || frame.Data.IsEmpty)
            return;
        if (JsonElements.Parse(frame.Data) is not { } data)
        {
            _text.Fail(new UpstreamFailure(0, null, "malformed_chunk", "The upstream sent an event that is not JSON."), events);
            return;
        }

        Close(_scan.ApplyEvent(data), events);
    }

    public void OnBody(ReadOnlyMemory<byte> body, List<ModelEvent> events)
    {
        if (JsonElements.Parse(body.Span) is { } answer)
            Close(_scan.ApplyBody(answer), events);
        if (!_text.HasEnded)
            _text.Fail(new UpstreamFailure(0, null, "malformed_response", "The upstream's answer has no generated_text."), events);
    }

    private void Close(string? text, List<ModelEvent> events)
    {
        if (Facts.Failure is { } failure)
        {
            _text.Fail(failure, events);
            return;
        }

        _text.Add(text, events);
        if (!Facts.IsComplete)
            return;
        _text.Finish(Facts.FinishReason switch
        {
            "length" => StopReason.MaxTokens,
            "stop_sequence" => StopReason.StopSequence,
            "eos_token" => StopReason.EndTurn,
            _ => StopReason.Other,
        }, Facts.FinishReason, events);
        _text.End(events);
    }
}
