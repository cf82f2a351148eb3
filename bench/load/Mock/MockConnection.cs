using System.Buffers.Text;
using System.Text;

namespace Weir.Load.Mock;

/// <summary>
/// One client connection: reads requests without keeping their bodies (the first and last bytes suffice to find the
/// wishes), and remembers how far its current answer is.
/// </summary>
internal sealed class MockConnection(int fd)
{
    private const int HeadCapacity = 12 * 1024;
    private const int TailCapacity = 1024;

    private readonly byte[] _head = new byte[HeadCapacity];
    private readonly byte[] _tail = new byte[TailCapacity];
    private int _headLength;
    private int _tailLength;
    private BodyState _state;
    private long _left;

    private enum BodyState
    {
        Head,
        Length,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        LastChunkEnd,
        Complete,
    }

    internal int Fd { get; } = fd;

    internal bool Closed { get; set; }

    internal MockOrder Order { get; set; }

    internal bool Opened { get; set; }

    internal int Sent { get; set; }

    internal long DueAt { get; set; }

    /// <summary>Bytes the socket did not take yet.</summary>
    internal ArraySegment<byte> Pending { get; set; }

    internal bool IsStats => _head.AsSpan(0, _headLength).StartsWith("GET /stats"u8);

    internal ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    internal ReadOnlySpan<byte> Tail => _tail.AsSpan(0, _tailLength);

    /// <summary>Takes request bytes; true when a whole request is there.</summary>
    /// <exception cref="InvalidDataException">Not HTTP as the mock understands it.</exception>
    internal bool Feed(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0 && _state != BodyState.Complete)
            data = data[Step(data)..];
        if (data.Length > 0)
            throw new InvalidDataException("a request before the last answer ended");
        return _state == BodyState.Complete;
    }

    internal void Reset()
    {
        _headLength = _tailLength = 0;
        _state = BodyState.Head;
        Opened = false;
        Sent = 0;
    }

    private int Step(ReadOnlySpan<byte> data)
    {
        switch (_state)
        {
            case BodyState.Head:
                return TakeHead(data);
            case BodyState.Length:
            case BodyState.ChunkData:
                var take = (int)Math.Min(_left, data.Length);
                Keep(data[..take]);
                _left -= take;
                if (_left == 0)
                    _state = _state == BodyState.Length ? BodyState.Complete : BodyState.ChunkEnd;
                return take;
            case BodyState.ChunkSize:
                return TakeChunkSize(data);
            default: // the CRLF after a chunk, and the empty trailer after the last one
                if (data[0] == '\n')
                    _state = _state == BodyState.ChunkEnd ? BodyState.ChunkSize : BodyState.Complete;
                return 1;
        }
    }

    private int TakeHead(ReadOnlySpan<byte> data)
    {
        var before = _headLength;
        var take = Math.Min(data.Length, HeadCapacity - before);
        data[..take].CopyTo(_head.AsSpan(before));
        var searchFrom = Math.Max(before - 3, 0);
        var end = _head.AsSpan(searchFrom, before + take - searchFrom).IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            _headLength += take;
            return _headLength < HeadCapacity ? take : throw new InvalidDataException("headers too long");
        }

        _headLength = searchFrom + end + 4;
        ReadFraming();
        return _headLength - before;
    }

    private void ReadFraming()
    {
        _state = BodyState.Complete;
        var text = _head.AsSpan(0, _headLength);
        while (text.IndexOf("\r\n"u8) is var end and > 0)
        {
            var line = text[..end];
            text = text[(end + 2)..];
            var colon = line.IndexOf((byte)':');
            if (colon < 0)
                continue;
            if (Ascii.EqualsIgnoreCase(line[..colon], "content-length"u8))
            {
                if (!Utf8Parser.TryParse(line[(colon + 1)..].Trim((byte)' '), out _left, out _))
                    throw new InvalidDataException("content length");
                _state = _left > 0 ? BodyState.Length : BodyState.Complete;
            }
            else if (Ascii.EqualsIgnoreCase(line[..colon], "transfer-encoding"u8))
            {
                _left = 0;
                _state = BodyState.ChunkSize;
            }
        }
    }

    private int TakeChunkSize(ReadOnlySpan<byte> data)
    {
        if (data[0] != '\n')
        {
            if (char.IsAsciiHexDigit((char)data[0]))
                _left = (_left << 4) + Convert.ToInt32(((char)data[0]).ToString(), 16);
            return 1;
        }

        _state = _left > 0 ? BodyState.ChunkData : BodyState.LastChunkEnd;
        return 1;
    }

    private void Keep(ReadOnlySpan<byte> body)
    {
        var room = Math.Min(HeadCapacity - _headLength, body.Length);
        body[..room].CopyTo(_head.AsSpan(_headLength));
        _headLength += room;
        body = body[room..];
        if (body.Length == 0)
            return;
        if (body.Length >= TailCapacity)
        {
            body[^TailCapacity..].CopyTo(_tail);
            _tailLength = TailCapacity;
            return;
        }

        var keep = Math.Min(_tailLength, TailCapacity - body.Length);
        _tail.AsSpan(_tailLength - keep, keep).CopyTo(_tail);
        body.CopyTo(_tail.AsSpan(keep));
        _tailLength = keep + body.Length;
    }
}
