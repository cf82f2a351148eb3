using System.Buffers;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.TritonGenerate;

/// <summary>Watches an answer pass.</summary>
internal sealed class TritonTap : IResponseTap
{
    private readonly TritonScan _scan = new();

    public ResponseFacts Facts => _scan.Facts;

    public bool MayRewrite => false;

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement)
    {
        if (frame.Data.IsEmpty)
            return FrameVerdict.Forward;
        if (JsonElements.Parse(frame.Data) is { } answer)
            _scan.Apply(answer);
        else if (!Facts.ContentStarted)
            Facts.Failure ??= new UpstreamFailure(0, null, "malformed_chunk", "The upstream sent an event that is not JSON.");
        return FrameVerdict.Forward;
    }

    public void OnBody(ReadOnlySpan<byte> body)
    {
        if (JsonElements.Parse(body) is { } answer)
            Facts.IsComplete = _scan.Apply(answer) is not null;
    }
}
