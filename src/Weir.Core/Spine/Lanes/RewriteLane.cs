using System.Buffers;
using Weir.Core.Dialects;

namespace Weir.Core.Spine.Lanes;

/// <summary>Same dialect, frame by frame: a frame is forwarded untouched, hidden, or replaced, as the tap decides.</summary>
public sealed class RewriteLane(IResponseTap tap, IFramer framer) : ILane
{
    private readonly ArrayBufferWriter<byte> _replacement = new(512);
    private readonly ArrayBufferWriter<byte> _last = new();

    public ResponseFacts Facts => tap.Facts;

    public void Accept(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        while (framer.TryRead(ref bytes, out var frame))
            Decide(frame, output);
    }

    public void Finish(IBufferWriter<byte> output)
    {
        if (!framer.TryComplete(out var frame))
            return;
        _last.ResetWrittenCount();
        Decide(frame, _last);
        if (LaneEnd.IsReached(Facts))
            output.Write(_last.WrittenSpan);
    }

    public void Dispose() => framer.Dispose();

    private void Decide(in Frame frame, IBufferWriter<byte> output)
    {
        _replacement.ResetWrittenCount();
        switch (tap.OnFrame(frame, _replacement))
        {
            case FrameVerdict.Forward:
                output.Write(frame.Raw);
                break;
            case FrameVerdict.Replace:
                output.Write(_replacement.WrittenSpan);
                break;
            case FrameVerdict.Hide:
                break;
        }
    }
}
