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
    private byte[]? _carry;
    private int _carried;
    private bool _carryIsSpent;
    private byte[]? _joined;

    /// <param name="maxFrameBytes">Longest frame accepted, in bytes.</param>
    public SseFramer(int maxFrameBytes = DefaultMaxFrameBytes) => _maxFrameBytes = maxFrameBytes;

    /// <inheritdoc/>
    public int PendingBytes => _carryIsSpent ? 0 : _carried;

    /// <inheritdoc/>
    /// <exception cref="FrameTooLargeException">A frame passed the limit.</exception>
    public bool TryRead(scoped ref ReadOnlySpan<byte> input, out Frame frame)
    {
        ReleaseSpent();
        frame = default;
        if (input.IsEmpty)
            return false;
        var length = _scanner.FindFrameEnd(input);
        if (_carried + (length < 0 ? input.Length : length) > _maxFrameBytes)
            throw new FrameTooLargeException(_maxFrameBytes);
        if (length < 0)
        {
            Carry(input);
            input = default;
            return false;
        }

        if (_carried == 0)
        {
            frame = Parse(input[..length]);
        }
        else
        {
            Carry(input[..length]);
            _carryIsSpent = true;
            frame = Parse(_carry.AsSpan(0, _carried));
        }

        input = input[length..];
        return true;
    }

    /// <inheritdoc/>
    public bool TryComplete(out Frame frame)
    {
        ReleaseSpent();
        frame = default;
        if (_carried == 0)
            return false;
        _carryIsSpent = true;
        _scanner = new SseLineScanner();
        frame = Parse(_carry.AsSpan(0, _carried));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _carryIsSpent = true;
        ReleaseSpent();
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

    private void Carry(ReadOnlySpan<byte> bytes)
    {
        var needed = _carried + bytes.Length;
        if (_carry is null || _carry.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _carried * 2));
            if (_carry is not null)
            {
                _carry.AsSpan(0, _carried).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_carry);
            }

            _carry = larger;
        }

        bytes.CopyTo(_carry.AsSpan(_carried));
        _carried = needed;
    }

    // Buffers go back as soon as the frame made of them is done with: an idle stream holds none.
    private void ReleaseSpent()
    {
        if (_joined is not null)
        {
            ArrayPool<byte>.Shared.Return(_joined);
            _joined = null;
        }

        if (!_carryIsSpent)
            return;
        _carryIsSpent = false;
        _carried = 0;
        if (_carry is null)
            return;
        ArrayPool<byte>.Shared.Return(_carry);
        _carry = null;
    }
}
