using System.Buffers;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>Watches an answer pass. Deltas are only measured; the events that carry the response are read.</summary>
internal sealed class ResponsesTap : IResponseTap
{
    private readonly ResponsesFacts _facts = new();

    public ResponseFacts Facts => _facts.Facts;

    public bool MayRewrite => false;

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement)
    {
        _facts.OnFrame(frame, EventLook.TypeOf(frame));
        return FrameVerdict.Forward;
    }

    public void OnBody(ReadOnlySpan<byte> body) => _facts.ApplyBody(body);
}
