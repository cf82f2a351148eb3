namespace Weir.Load.Run;

/// <summary>
/// Counts the server-sent events of one answer and checks that content chunks arrive complete and in order (`#0000012`).
/// Every event has one line of data; lines that straddle reads are carried over.
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
        while (data.IndexOf((byte)'\n') is var end and >= 0)
        {
            var line = data[..end];
            data = data[(end + 1)..];
            if (_carried > 0)
            {
                Carry(line);
                line = _carry.AsSpan(0, _carried);
                _carried = 0;
            }

            if (line.StartsWith("data:"u8))
                Take(line, expect);
        }

        Carry(data);
        return Chunks - before;
    }

    private void Take(ReadOnlySpan<byte> text, ReadOnlySpan<byte> expect)
    {
        var mark = text.IndexOf((byte)'#');
        if (mark < 0 || text.Length < mark + 1 + Digits || RepeatsText(text))
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

    /// <summary>The Responses API ends with events that hold the whole text once more.</summary>
    private static bool RepeatsText(ReadOnlySpan<byte> text) =>
        text.IndexOf("\"type\":\"response."u8) >= 0 && text.IndexOf("\"response.output_text.delta\""u8) < 0;

    private void Carry(ReadOnlySpan<byte> part)
    {
        if (_carried + part.Length > _carry.Length)
            Array.Resize(ref _carry, Math.Max(_carry.Length * 2, _carried + part.Length));
        part.CopyTo(_carry.AsSpan(_carried));
        _carried += part.Length;
    }
}
