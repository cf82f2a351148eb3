using System.Buffers;
using Weir.Core.Dialects;

namespace Weir.Core.Spine.Lanes;

/// <summary>An answer without frames (a sound, a file): bytes go on as they came and are looked at in passing.</summary>
public sealed class RawLane(IResponseTap tap) : ILane
{
    public ResponseFacts Facts => tap.Facts;

    public void Accept(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        output.Write(bytes);
        tap.OnBytes(bytes);
        Facts.ContentStarted = true;
    }

    // A body that breaks off before its declared or chunked end never gets here: reading it fails.
    public void Finish(IBufferWriter<byte> output) => tap.OnEnd();

    public void Dispose()
    {
    }
}
