using System.Buffers;
using Weir.Core.Dialects;
using Weir.Core.Dialects.Sse;

namespace Weir.Core.Spine.Lanes;

/// <summary>Same dialect, nothing to hide: every byte goes on at once; frames are only looked at beside it.</summary>
public sealed class NativeLane(IResponseTap tap) : ILane
{
    private readonly SseFramer _framer = new();

    public ResponseFacts Facts => tap.Facts;

    public void Accept(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        output.Write(bytes);
        _framer.Push(bytes);
        Drain();
    }

    public void Finish(IBufferWriter<byte> output)
    {
        _framer.Complete();
        Drain();
    }

    public void Dispose() => _framer.Dispose();

    private void Drain()
    {
        while (_framer.TryRead(out var frame))
            tap.OnFrame(frame, NullWriter.Instance);
    }
}
