using System.Buffers.Binary;

namespace Weir.Core.Dialects.EventStream;

/// <summary>
/// Cuts <c>application/vnd.amazon.eventstream</c> into messages and checks both CRCs of each:
/// <code>total length (4) | headers length (4) | CRC of these (4) | headers | payload | CRC of all before (4)</code>
/// all big-endian. A frame's event name is <c>:event-type</c>, or <c>:exception-type</c>, or <c>:error-code</c>; its data the payload.
/// </summary>
public sealed class EventStreamFramer : IFramer
{
    /// <summary>AWS allows a payload of 16 MiB; headers come on top.</summary>
    public const int MaxMessageBytes = (16 << 20) + (256 << 10);

    private const int Prelude = 12;
    private const int Overhead = Prelude + 4;
    private FrameCarry _carry;

    /// <inheritdoc/>
    public int PendingBytes => _carry.Pending;

    /// <inheritdoc/>
    public bool TryRead(scoped ref ReadOnlySpan<byte> input, out Frame frame)
    {
        _carry.ReleaseSpent();
        frame = default;
        if (_carry.Length == 0)
        {
            if (input.Length >= Prelude && LengthOf(input) is var whole && input.Length >= whole)
            {
                frame = Parse(input[..whole]);
                input = input[whole..];
                return true;
            }
        }
        else
        {
            if (_carry.Length < Prelude)
                Carry(ref input, Prelude);
            if (_carry.Length >= Prelude)
                Carry(ref input, LengthOf(_carry.Bytes));
            if (_carry.Length >= Prelude && _carry.Length == LengthOf(_carry.Bytes))
            {
                frame = Parse(_carry.Spend());
                return true;
            }
        }
        Carry(ref input, _carry.Length + input.Length);
        return false;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The stream ended within a message.</exception>
    public bool TryComplete(out Frame frame)
    {
        _carry.ReleaseSpent();
        frame = default;
        return _carry.Length == 0 ? false : throw new InvalidDataException("The event stream ended within a message.");
    }

    /// <inheritdoc/>
    public void Dispose() => _carry.Release();

    /// <summary>Length of the message from its checked prelude.</summary>
    private static int LengthOf(ReadOnlySpan<byte> message)
    {
        var total = BinaryPrimitives.ReadUInt32BigEndian(message);
        var headers = BinaryPrimitives.ReadUInt32BigEndian(message[4..]);
        if (Crc32.Of(message[..8]) != BinaryPrimitives.ReadUInt32BigEndian(message[8..]))
            throw new InvalidDataException("The prelude of an event stream message fails its checksum.");
        if (total is < Overhead or > MaxMessageBytes || headers > total - Overhead)
            throw new InvalidDataException("An event stream message has impossible lengths.");
        return (int)total;
    }

    private static Frame Parse(ReadOnlySpan<byte> message)
    {
        if (Crc32.Of(message[..^4]) != BinaryPrimitives.ReadUInt32BigEndian(message[^4..]))
            throw new InvalidDataException("An event stream message fails its checksum.");
        var headers = message.Slice(Prelude, (int)BinaryPrimitives.ReadUInt32BigEndian(message[4..]));
        var name = EventStreamHeaders.Find(headers, ":event-type"u8);
        if (name.IsEmpty)
            name = EventStreamHeaders.Find(headers, ":exception-type"u8);
        if (name.IsEmpty)
            name = EventStreamHeaders.Find(headers, ":error-code"u8);
        return new Frame(message, name, message[(Prelude + headers.Length)..^4]);
    }

    /// <summary>Whether a frame of this framing tells of a failure rather than an event.</summary>
    public static bool IsFailure(in Frame frame)
    {
        var type = Header(frame, ":message-type"u8);
        return type.SequenceEqual("exception"u8) || type.SequenceEqual("error"u8);
    }

    /// <summary>A text header of a frame of this framing; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Header(in Frame frame, ReadOnlySpan<byte> name) =>
        EventStreamHeaders.Find(frame.Raw.Slice(Prelude, (int)BinaryPrimitives.ReadUInt32BigEndian(frame.Raw[4..])), name);

    /// <summary>Takes bytes until so many are carried.</summary>
    private void Carry(scoped ref ReadOnlySpan<byte> input, int upTo)
    {
        var count = Math.Min(input.Length, upTo - _carry.Length);
        if (count <= 0)
            return;
        _carry.Add(input[..count]);
        input = input[count..];
    }
}
