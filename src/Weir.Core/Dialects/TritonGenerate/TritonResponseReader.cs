using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.TritonGenerate;

/// <summary>Reads an answer, stream or whole, into events.</summary>
internal sealed class TritonResponseReader : IResponseReader
{
    private readonly TritonScan _scan = new();
    private readonly TextEvents _text;

    public TritonResponseReader() => _text = new TextEvents(_scan.Facts);

    public ResponseFacts Facts => _scan.Facts;

    public void OnFrame(in Frame frame, List<ModelEvent> events)
    {
        if (_text.HasEnded || frame.Data.IsEmpty)
            return;
        if (JsonElements.Parse(frame.Data) is not { } answer)
        {
            _text.Fail(new UpstreamFailure(0, null, "malformed_chunk", "The upstream sent an event that is not JSON."), events);
            return;
        }

        _text.Add(_scan.Apply(answer), events);
        if (Facts.Failure is { } failure)
            _text.Fail(failure, events);
    }

    public void OnClose(List<ModelEvent> events) => _text.Finish(StopReason.EndTurn, null, events);

    public void OnBody(ReadOnlyMemory<byte> body, List<ModelEvent> events)
    {
        var text = JsonElements.Parse(body.Span) is { } answer ? _scan.Apply(answer) : null;
        if (text is null)
        {
            _text.Fail(new UpstreamFailure(0, null, "malformed_response", "The upstream's answer has no text_output."), events);
            return;
        }

        Facts.IsComplete = true;
        _text.Add(text, events);
        _text.Finish(StopReason.EndTurn, null, events);
        _text.End(events);
    }
}
