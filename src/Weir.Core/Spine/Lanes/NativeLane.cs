using System.Buffers;
using Weir.Core.Dialects;

namespace Weir.Core.Spine.Lanes;

/// <summary>
/// Same dialect, nothing to hide: the bytes go on as they came, frames are only looked at beside it. What is handed on
/// ends at a frame's end, so that an error event after a cut does not run into half a frame; nobody can use half a
/// frame before its rest.
/// </summary>
public sealed class NativeLane(IResponseTap tap, IFramer framer) : ILane
{
    public ResponseFacts Facts => tap.Facts;

    public void Accept(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        var input = bytes;
        var from = 0;
        var joined = framer.PendingBytes > 0;
        while (framer.TryRead(ref input, out var frame))
        {
            if (joined)
            {
                // The frame began in an earlier read.
                output.Write(frame.Raw);
                from = bytes.Length - input.Length;
                joined = false;
            }
            tap.OnFrame(frame, NullWriter.Instance);
        }

        var whole = bytes.Length - framer.PendingBytes;
        if (whole > from)
            output.Write(bytes[from..whole]);
    }

    public void Finish(IBufferWriter<byte> output)
    {
        if (!framer.TryComplete(out var frame))
            return;
        tap.OnFrame(frame, NullWriter.Instance);
        if (LaneEnd.IsReached(Facts))
            output.Write(frame.Raw);
    }

    public void Dispose() => framer.Dispose();
}
