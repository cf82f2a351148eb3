using System.Buffers;
using Weir.Core.Dialects.Sse;

namespace Weir.Core.Dialects.JsonLines;

/// <summary>
/// Cuts a stream of JSON documents, one per line (<c>application/x-ndjson</c>). LF ends a line, a CR before it belongs to the
/// line end. A line whole in one read is not copied. Empty lines (keep-alive) are frames without data.
/// </summary>
public sealed class JsonLineFramer(int maxFrameBytes = SseFramer.DefaultMaxFrameBytes) : IFramer
{
    private byte[]? _carry;
    private int _carried;
    private bool _carryIsSpent;

    /// <inheritdoc/>
    public int PendingBytes => _carryIsSpent ? 0 : _carried;

    /// <inheritdoc/>
    /// <exception cref="FrameTooLargeException">A line passed the limit.</exception>
    public bool TryRead(scoped ref ReadOnlySpan<byte> input, out Frame frame)
    {
        ReleaseSpent();
        frame = default;
        if (input.IsEmpty)
            return false;
        var end = input.IndexOf((byte)'\n');
        if (_carried + (end < 0 ? input.Length : end + 1) > maxFrameBytes)
            throw new FrameTooLargeException(maxFrameBytes);
        if (end < 0)
        {
            Carry(input);
            input = default;
            return false;
        }

        var line = input[..(end + 1)];
        input = input[(end + 1)..];
        if (_carried > 0)
        {
            Carry(line);
            _carryIsSpent = true;
            line = _carry.AsSpan(0, _carried);
        }

        frame = Of(line);
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
        frame = Of(_carry.AsSpan(0, _carried));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _carryIsSpent = true;
        ReleaseSpent();
    }

    private static Frame Of(ReadOnlySpan<byte> raw) => new(raw, default, raw.Trim("\r\n \t"u8));

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

    // Returned as soon as the frame made of it is done with: an idle stream holds no buffer.
    private void ReleaseSpent()
    {
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
