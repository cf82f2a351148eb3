using Weir.Core.Canon;

namespace Weir.Core.Continuity;

/// <summary>Keeps one answer's reasoning as soon as the answer has finished, which is before its client can come back.</summary>
public sealed class TurnKeeper(ReasoningMemory memory, string tenant)
{
    private readonly ReasoningRecorder _turn = new();

    public void Observe(ModelEvent modelEvent)
    {
        _turn.Observe(modelEvent);
        if (modelEvent is ModelEvent.Finish)
            memory.Keep(tenant, _turn);
    }
}
