using Weir.Core.Dialects.Sse;

namespace Weir.Core.Dialects.JsonLines;

/// <summary>
/// Cuts a stream of JSON documents, one per line (<c>application/x-ndjson</c>). LF ends a line, a CR before it belongs to the
/// line end. A line whole in one read is not copied. Empty lines (keep-alive) are frames without data.
/// </summary>
public sealed class JsonLineFramer(int maxFrameBytes = SseFramer.DefaultMaxFrameBytes) : IFramer
{
    private FrameCarry _carry;

    /// <inheritdoc/>
    public int PendingBytes => _carry.Pending;

    /// <inheritdoc/>
    /// <exception cref="FrameTooLargeException">A line passed the limit.</exception>
    public bool TryRead(scoped ref ReadOnlySpan<byte> input, out Frame frame)
    {
        _carry.ReleaseSpent();
        frame = default;
        if (input.IsEmpty)
            return false;
        var end = input.IndexOf((byte)'\n');
        if (_carry.Length + (end < 0 ? input.Length : end + 1) > maxFrameBytes)
            throw new FrameTooLargeException(maxFrameBytes);
        if (end < 0)
        {
            _carry.Add(input);
            input = default;
            return false;
        }

        var line = input[..(end + 1)];
        input = input[(end + 1)..];
        if (_carry.Length > 0)
        {
            _carry.Add(line);
            line = _carry.Spend();
        }

        frame = Of(line);
        return true;
    }

    /// <inheritdoc/>
    public bool TryComplete(out Frame frame)
    {
        _carry.ReleaseSpent();
        frame = default;
        if (_carry.Length == 0)
            return false;
        frame = Of(_carry.Spend());
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _carry.Release();

    private static Frame Of(ReadOnlySpan<byte> raw) => new(raw, default, raw.Trim("\r\n \t"u8));
}
