using System.Buffers;
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
    private byte[]? _carry;
    private int _carried;
    private bool _carryIsSpent;

    /// <inheritdoc/>
    public int PendingBytes => _carryIsSpent ? 0 : _carried;

    /// <inheritdoc/>
    public bool TryRead(scoped ref ReadOnlySpan<byte> input, out Frame frame)
    {
        ReleaseSpent();
        frame = default;
        if (_carried == 0)
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
            if (_carried < Prelude)
                Carry(ref input, Prelude);
            if (_carried >= Prelude)
                Carry(ref input, LengthOf(_carry));
            if (_carried >= Prelude && _carried == LengthOf(_carry))
            {
                _carryIsSpent = true;
                frame = Parse(_carry.AsSpan(0, _carried));
                return true;
            }
        }
        Carry(ref input, _carried + input.Length);
        return false;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The stream ended within a message.</exception>
    public bool TryComplete(out Frame frame)
    {
        ReleaseSpent();
        frame = default;
        return _carried == 0 ? false : throw new InvalidDataException("The event stream ended within a message.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _carryIsSpent = true;
        ReleaseSpent();
    }

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
        var count = Math.Min(input.Length, upTo - _carried);
        if (count <= 0)
            return;
        if (_carry is null || _carry.Length < _carried + count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_carried + count, _carried * 2));
            if (_carry is not null)
            {
                _carry.AsSpan(0, _carried).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_carry);
            }
            _carry = larger;
        }
        input[..count].CopyTo(_carry.AsSpan(_carried));
        input = input[count..];
        _carried += count;
    }

    // The buffer goes back as soon as the frame made of it is done with: an idle stream holds none.
    private void ReleaseSpent()
    {
        if (!_carryIsSpent)
            return;
        _carryIsSpent = false;
        _carried = 0;
        if (_carry is not null)
            ArrayPool<byte>.Shared.Return(_carry);
        _carry = null;
    }
}
