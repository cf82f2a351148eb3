using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.Sse;

namespace Weir.Core.Spine.Lanes;

/// <summary>Another dialect: frames → events → frames. What comes out depends on the events alone, not on how the bytes were cut.</summary>
public sealed class TranslateLane(IResponseReader reader, IResponseWriter writer) : ILane
{
    private readonly SseFramer _framer = new();
    private readonly List<ModelEvent> _events = new(8);

    public ResponseFacts Facts => reader.Facts;

    public void Accept(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        _framer.Push(bytes);
        Drain(output);
    }

    public void Finish(IBufferWriter<byte> output)
    {
        _framer.Complete();
        Drain(output);
    }

    public void Dispose() => _framer.Dispose();

    private void Drain(IBufferWriter<byte> output)
    {
        while (_framer.TryRead(out var frame))
        {
            _events.Clear();
            reader.OnFrame(frame, _events);
            foreach (var modelEvent in _events)
            {
                // The spine renders upstream errors itself, so that every lane ends the same way.
                if (modelEvent is not ModelEvent.Error)
                    writer.Write(modelEvent, output);
            }
        }
    }
}
