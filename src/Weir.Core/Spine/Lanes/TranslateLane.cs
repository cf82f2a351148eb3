using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Continuity;
using Weir.Core.Dialects;

namespace Weir.Core.Spine.Lanes;

/// <summary>Another dialect: frames → events → frames. What comes out depends on the events alone, not on how the bytes were cut.</summary>
public sealed class TranslateLane(IResponseReader reader, IResponseWriter writer, IFramer framer, TurnKeeper? keeper) : ILane
{
    private readonly List<ModelEvent> _events = new(8);

    public ResponseFacts Facts => reader.Facts;

    public void Accept(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        while (framer.TryRead(ref bytes, out var frame))
            Translate(frame, output);
    }

    public void Finish(IBufferWriter<byte> output)
    {
        if (framer.TryComplete(out var frame))
            Translate(frame, output);
        // The client's dialect has an end marker even where this upstream left its own out.
        if (Facts is not { IsComplete: false, Failure: null, MayEndUnmarked: true })
            return;
        _events.Clear();
        reader.OnClose(_events);
        foreach (var modelEvent in _events)
        {
            keeper?.Observe(modelEvent);
            writer.Write(modelEvent, output);
        }

        writer.Write(new ModelEvent.End(), output);
    }

    public void Dispose() => framer.Dispose();

    private void Translate(in Frame frame, IBufferWriter<byte> output)
    {
        _events.Clear();
        reader.OnFrame(frame, _events);
        foreach (var modelEvent in _events)
        {
            keeper?.Observe(modelEvent);
            // The spine renders upstream errors itself, so that every lane ends the same way.
            if (modelEvent is not ModelEvent.Error)
                writer.Write(modelEvent, output);
        }
    }
}
