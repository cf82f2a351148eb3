using System.Buffers;

namespace Weir.Core.Dialects;

/// <summary>
/// Watches a same-dialect answer pass. When <see cref="MayRewrite"/> is false the bytes are forwarded before the tap
/// sees them, so its verdict is not asked; keep <see cref="OnFrame"/> cheap: it runs per chunk.
/// Must tolerate anything (malformed JSON, unknown events): never throws, at worst learns nothing.
/// </summary>
public interface IResponseTap
{
    /// <summary>What has been learnt so far.</summary>
    ResponseFacts Facts { get; }

    /// <summary>The verdicts matter (usage is being hidden from a client that did not ask for it).</summary>
    bool MayRewrite { get; }

    /// <summary>The head of the answer has come, before any of its body. <paramref name="header"/> gives a header's value, or null.</summary>
    void OnHead(Func<string, string?> header)
    {
    }

    /// <summary>A complete frame of a stream. <paramref name="replacement"/> is written only when the verdict is Replace.</summary>
    FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement);

    /// <summary>The whole body of an answer that is not a stream.</summary>
    void OnBody(ReadOnlySpan<byte> body);

    /// <summary>Bytes of an answer without frames (<see cref="StreamFraming.Raw"/>), cut anywhere.</summary>
    void OnBytes(ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>An answer without frames has ended in order.</summary>
    void OnEnd()
    {
    }
}
