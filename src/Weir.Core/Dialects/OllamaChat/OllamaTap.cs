using System.Buffers;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>Watches an Ollama answer pass; nothing is ever hidden, because usage is always in the last line.</summary>
internal sealed class OllamaTap : IResponseTap
{
    private readonly OllamaScan _scan = new();

    public ResponseFacts Facts => _scan.Facts;

    public bool MayRewrite => false;

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement)
    {
        // Before the first content another target can still be asked; later the client gets what came.
        if (!frame.Data.IsEmpty && !_scan.Apply(frame.Data) && !Facts.ContentStarted)
            Facts.Failure ??= new UpstreamFailure(0, null, "malformed_chunk", "The upstream sent a line that is not JSON.");
        return FrameVerdict.Forward;
    }

    public void OnBody(ReadOnlySpan<byte> body)
    {
        if (!_scan.Apply(body))
            Facts.IsComplete = false;
    }
}
