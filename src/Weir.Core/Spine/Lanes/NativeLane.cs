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
        while (_framer.TryRead(ref bytes, out var frame))
            tap.OnFrame(frame, NullWriter.Instance);
    }

    public void Finish(IBufferWriter<byte> output)
    {
        if (_framer.TryComplete(out var frame))
            tap.OnFrame(frame, NullWriter.Instance);
    }

    public void Dispose() => _framer.Dispose();
}
