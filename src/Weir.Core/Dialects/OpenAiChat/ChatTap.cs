using System.Buffers;
using Weir.Core.Dialects.JsonSplice;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>
/// Watches a chat answer pass. Chunks are parsed until content has begun, and after that only when a vectorised look
/// finds a member that matters; the text of the others is measured without parsing.
/// When usage was injected: the extra chunk (<c>choices:[]</c> with usage) is hidden and <c>"usage":null</c> is cut out of
/// the others. Usage in a chunk with choices is left alone: servers that put it there do so unasked, so the client
/// would have got it without us.
/// </summary>
internal sealed class ChatTap(RequestFacts request, UpstreamTarget target) : IResponseTap
{
    private readonly ChatFacts _facts = new(target.Quirks, request.Choices);

    public ResponseFacts Facts => _facts.Facts;

    public bool MayRewrite { get; } = UsageSplice.Injects(request, target);

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement)
    {
        var data = frame.Data;
        if (data.IsEmpty)
        {
            if (!frame.Raw.IsEmpty && frame.Raw[0] != (byte)':')
                _facts.TakeErrorField(frame.Raw);
            return FrameVerdict.Forward;
        }

        if (data.Length < 16 && data.Trim((byte)' ').SequenceEqual("[DONE]"u8))
        {
            _facts.Close();
            return FrameVerdict.Forward;
        }

        if (Facts.ContentStarted && !ChatChunkLook.NeedsParse(data, MayRewrite))
        {
            ChatChunkLook.Measure(data, Facts);
            return FrameVerdict.Forward;
        }

        var scan = ChatScan.Of(data, wantsIdentity: Facts.ResponseId is null || Facts.ServedModel is null);
        _facts.Apply(scan);
        // Before the first content another target can still be asked; later the client gets what came.
        if (!scan.IsWellFormed && !Facts.ContentStarted)
            Facts.Failure ??= new UpstreamFailure(0, null, "malformed_chunk", "The upstream sent a chunk that is not JSON.");
        if (!MayRewrite)
            return FrameVerdict.Forward;
        if (scan.Choices == 0 && scan.Usage is not null && scan.Failure is null)
            return FrameVerdict.Hide;
        return scan.NullUsage.IsPresent && NullUsageCut.Write(frame, scan.NullUsage, replacement)
            ? FrameVerdict.Replace
            : FrameVerdict.Forward;
    }

    public void OnBody(ReadOnlySpan<byte> body) => _facts.ApplyBody(body);
}
