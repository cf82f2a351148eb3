using System.Buffers;

namespace Weir.Core.Dialects.Sse;

/// <summary>
/// Cuts a byte stream into SSE frames without copying frames that lie whole in one read.
/// LF, CR and CRLF end lines; a byte order mark at the start is part of the first frame's Raw only. A blank line with
/// nothing before it (keep-alive) is a frame of its own. Bare-CR streams lag one byte: CR LF cannot be told apart sooner.
/// </summary>
public sealed class SseFramer : IFramer
{
    /// <summary>16 MB: larger than any event a provider is known to send (whole images in base64).</summary>
    public const int DefaultMaxFrameBytes = 16 * 1024 * 1024;

    private readonly int _maxFrameBytes;
    private SseLineScanner _scanner = new();
    private bool _atStreamStart = true;
    private FrameCarry _carry;
    private byte[]? _joined;

    /// <param name="maxFrameBytes">Longest frame accepted, in bytes.</param>
    public SseFramer(int maxFrameBytes = DefaultMaxFrameBytes) => _maxFrameBytes = maxFrameBytes;

    /// <inheritdoc/>
    public int PendingBytes => _carry.Pending;

    /// <inheritdoc/>
    /// <exception cref="FrameTooLargeException">A frame passed the limit.</exception>
    public bool TryRead(scoped ref ReadOnlySpan<byte> input, out Frame frame)
    {
        ReleaseJoined();
        _carry.ReleaseSpent();
        frame = default;
        if (input.IsEmpty)
            return false;
        var length = _scanner.FindFrameEnd(input);
        if (_carry.Length + (length < 0 ? input.Length : length) > _maxFrameBytes)
            throw new FrameTooLargeException(_maxFrameBytes);
        if (length < 0)
        {
            _carry.Add(input);
            input = default;
            return false;
        }

        if (_carry.Length == 0)
        {
            frame = Parse(input[..length]);
        }
        else
        {
            _carry.Add(input[..length]);
            frame = Parse(_carry.Spend());
        }

        input = input[length..];
        return true;
    }

    /// <inheritdoc/>
    public bool TryComplete(out Frame frame)
    {
        ReleaseJoined();
        _carry.ReleaseSpent();
        frame = default;
        if (_carry.Length == 0)
            return false;
        _scanner = new SseLineScanner();
        frame = Parse(_carry.Spend());
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ReleaseJoined();
        _carry.Release();
    }

    private Frame Parse(ReadOnlySpan<byte> raw)
    {
        var text = raw;
        if (_atStreamStart)
        {
            _atStreamStart = false;
            if (text.StartsWith("\uFEFF"u8))
                text = text[3..];
        }

        return SseFields.Parse(raw, text, ref _joined);
    }

    private void ReleaseJoined()
    {
        if (_joined is null)
            return;
        ArrayPool<byte>.Shared.Return(_joined);
        _joined = null;
    }
}
