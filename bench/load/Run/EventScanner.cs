namespace Weir.Load.Run;

/// <summary>
/// Counts the server-sent events of one answer and checks that content chunks arrive complete and in order (`#0000012`).
/// Events that straddle reads are carried over.
/// </summary>
internal sealed class EventScanner
{
    private const int Digits = 7;

    private byte[] _carry = new byte[4096];
    private int _carried;

    /// <summary>Content chunks of this answer so far.</summary>
    internal int Chunks { get; private set; }

    /// <summary>The stream ended as its dialect ends one: `[DONE]`, `message_stop`, `response.completed`, or a finish reason of Gemini's.</summary>
    internal bool Finished { get; private set; }

    internal bool OutOfOrder { get; private set; }

    /// <summary>The first content chunk did not hold the expected text.</summary>
    internal bool Unexpected { get; private set; }

    internal void Reset()
    {
        _carried = 0;
        Chunks = 0;
        Finished = OutOfOrder = Unexpected = false;
    }

    /// <summary>Takes body bytes; returns how many content chunks they completed.</summary>
    internal int Feed(ReadOnlySpan<byte> data, ReadOnlySpan<byte> expect)
    {
        var before = Chunks;
        while (data.Length > 0)
        {
            if (_carried > 0 && _carry[_carried - 1] == '\n' && data[0] == '\n')
            {
                Take(_carry.AsSpan(0, _carried), expect);
                _carried = 0;
                data = data[1..];
                continue;
            }

            var end = data.IndexOf("\n\n"u8);
            var part = end < 0 ? data : data[..end];
            if (end < 0)
            {
                Carry(part);
                break;
            }

            if (_carried > 0)
            {
                Carry(part);
                part = _carry.AsSpan(0, _carried);
                _carried = 0;
            }

            Take(part, expect);
            data = data[(end + 2)..];
        }

        return Chunks - before;
    }

    private void Take(ReadOnlySpan<byte> text, ReadOnlySpan<byte> expect)
    {
        var mark = text.IndexOf((byte)'#');
        if (mark < 0 || text.Length < mark + 1 + Digits)
        {
            Finished |= text.StartsWith("data: [DONE]"u8) || text.IndexOf("\"message_stop\""u8) >= 0
                || text.IndexOf("\"response.completed\""u8) >= 0 || text.IndexOf("\"finishReason\""u8) >= 0;
            return;
        }

        if (Chunks == 0 && expect.Length > 0)
            Unexpected = text.IndexOf(expect) < 0;
        var number = 0;
        foreach (var digit in text.Slice(mark + 1, Digits))
            number = (number * 10) + (digit - '0');
        OutOfOrder |= number != Chunks;
        Chunks++;
    }

    private void Carry(ReadOnlySpan<byte> part)
    {
        if (_carried + part.Length > _carry.Length)
            Array.Resize(ref _carry, Math.Max(_carry.Length * 2, _carried + part.Length));
        part.CopyTo(_carry.AsSpan(_carried));
        _carried += part.Length;
    }
}
