using System.Buffers.Text;
using System.Text;

namespace Weir.Load.Run;

/// <summary>Reads one HTTP/1.1 answer after another from a connection: status, framing, and server-sent events.</summary>
internal sealed class ResponseReader
{
    private readonly byte[] _head = new byte[8192];
    private int _headLength;
    private State _state;
    private long _left;

    private enum State
    {
        Head,
        Length,
        UntilClose,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailer,
        Complete,
    }

    internal EventScanner Events { get; } = new();

    internal int Status { get; private set; }

    internal bool IsEventStream { get; private set; }

    internal bool MustClose { get; private set; }

    internal bool HasHead => _state != State.Head;

    internal bool Started => HasHead || _headLength > 0;

    internal bool EndsWithConnection => _state == State.UntilClose;

    /// <summary>The body of an answer that is not a stream held the expected text.</summary>
    internal bool SawExpected { get; private set; }

    internal void Reset()
    {
        _state = State.Head;
        _headLength = 0;
        _left = 0;
        Status = 0;
        IsEventStream = MustClose = SawExpected = false;
        Events.Reset();
    }

    /// <summary>Takes bytes; true when the answer is complete. <paramref name="chunks"/> counts content chunks in them.</summary>
    /// <exception cref="InvalidDataException">Not an HTTP answer, or more than one.</exception>
    internal bool Feed(ReadOnlySpan<byte> data, ReadOnlySpan<byte> expect, out int chunks)
    {
        chunks = 0;
        while (data.Length > 0 && _state != State.Complete)
            data = data[Step(data, expect, ref chunks)..];
        if (data.Length > 0)
            throw new InvalidDataException("bytes after the answer");
        return _state == State.Complete;
    }

    private int Step(ReadOnlySpan<byte> data, ReadOnlySpan<byte> expect, ref int chunks)
    {
        switch (_state)
        {
            case State.Head:
                return TakeHead(data);
            case State.UntilClose:
                Body(data, expect, ref chunks);
                return data.Length;
            case State.Length:
            case State.ChunkData:
                var take = (int)Math.Min(_left, data.Length);
                Body(data[..take], expect, ref chunks);
                _left -= take;
                if (_left == 0)
                    _state = _state == State.Length ? State.Complete : State.ChunkEnd;
                return take;
            case State.ChunkSize:
                TakeSizeByte(data[0]);
                return 1;
            default: // CRLF behind a chunk, or the (empty) trailer
                if (data[0] == '\n')
                    _state = _state == State.ChunkEnd ? State.ChunkSize : State.Complete;
                return 1;
        }
    }

    private void Body(ReadOnlySpan<byte> data, ReadOnlySpan<byte> expect, ref int chunks)
    {
        if (IsEventStream)
            chunks += Events.Feed(data, expect);
        else if (expect.Length > 0)
            SawExpected |= data.IndexOf(expect) >= 0;
    }

    private void TakeSizeByte(byte value)
    {
        if (value == '\n')
            _state = _left > 0 ? State.ChunkData : State.Trailer;
        else if (value is >= (byte)'0' and <= (byte)'9')
            _left = (_left << 4) + value - '0';
        else if ((value | 0x20) is >= 'a' and <= 'f')
            _left = (_left << 4) + (value | 0x20) - 'a' + 10;
        else if (value != '\r')
            throw new InvalidDataException("chunk size");
    }

    private int TakeHead(ReadOnlySpan<byte> data)
    {
        var before = _headLength;
        var take = Math.Min(data.Length, _head.Length - before);
        data[..take].CopyTo(_head.AsSpan(before));
        var from = Math.Max(before - 3, 0);
        var end = _head.AsSpan(from, before + take - from).IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            _headLength += take;
            return _headLength < _head.Length ? take : throw new InvalidDataException("headers too long");
        }

        _headLength = from + end + 4;
        ParseHead(_head.AsSpan(0, _headLength));
        return _headLength - before;
    }

    private void ParseHead(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/1."u8) || !Utf8Parser.TryParse(head[9..], out int status, out _))
            throw new InvalidDataException("status line");
        Status = status;
        _state = State.UntilClose;
        while (head.IndexOf("\r\n"u8) is var end and > 0)
        {
            var line = head[..end];
            head = head[(end + 2)..];
            var colon = line.IndexOf((byte)':');
            if (colon > 0)
                TakeHeader(line[..colon], line[(colon + 1)..].Trim((byte)' '));
        }
    }

    private void TakeHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Ascii.EqualsIgnoreCase(name, "content-length"u8))
        {
            if (!Utf8Parser.TryParse(value, out _left, out _))
                throw new InvalidDataException("content length");
            _state = _left > 0 ? State.Length : State.Complete;
        }
        else if (Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8))
        {
            _left = 0;
            _state = State.ChunkSize;
        }
        else if (Ascii.EqualsIgnoreCase(name, "content-type"u8))
        {
            IsEventStream = value.StartsWith("text/event-stream"u8);
        }
        else if (Ascii.EqualsIgnoreCase(name, "connection"u8))
        {
            MustClose = Ascii.EqualsIgnoreCase(value, "close"u8);
        }
    }
}
