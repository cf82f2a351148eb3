using Weir.Core.Canon;

namespace Weir.Core.Dialects;

/// <summary>Events of an answer that is one text, in order; for readers of upstreams that only continue a text.</summary>
internal sealed class TextEvents(ResponseFacts facts)
{
    private bool _started, _open, _ended;

    /// <summary>Nothing follows any more.</summary>
    public bool HasEnded => _ended;

    public void Start(long? created, List<ModelEvent> events)
    {
        if (_started)
            return;
        _started = true;
        events.Add(new ModelEvent.Start(facts.ResponseId, facts.ServedModel, created));
    }

    public void Add(string? text, List<ModelEvent> events)
    {
        if (string.IsNullOrEmpty(text))
            return;
        Start(null, events);
        if (!_open)
            events.Add(new ModelEvent.BlockStart(0, BlockKind.Text));
        _open = true;
        events.Add(new ModelEvent.TextDelta(0, text));
    }

    /// <summary>Why generation ended, with the usage known by then.</summary>
    public void Finish(StopReason reason, string? native, List<ModelEvent> events)
    {
        Start(null, events);
        if (_open)
            events.Add(new ModelEvent.BlockStop(0));
        _open = false;
        events.Add(new ModelEvent.Finish(reason, native));
    }

    public void End(List<ModelEvent> events)
    {
        if (_ended)
            return;
        _ended = true;
        if (facts.Usage is { } usage)
            events.Add(new ModelEvent.UsageUpdate(usage));
        events.Add(new ModelEvent.End());
    }

    public void Fail(UpstreamFailure failure, List<ModelEvent> events)
    {
        if (_ended)
            return;
        _ended = true;
        facts.Failure ??= failure;
        facts.IsComplete = false;
        failure = facts.Failure;
        events.Add(new ModelEvent.Error(failure.Type ?? failure.Code, failure.Message ?? "The upstream reported an error.", failure.Status == 0 ? null : failure.Status));
    }
}
