using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Weir.Core.Dialects.EventStream;

/// <summary>Writes messages of <c>application/vnd.amazon.eventstream</c> with JSON payloads.</summary>
public static class EventStreamWriter
{
    private const int Prelude = 12;

    /// <summary>An event.</summary>
    public static void WriteEvent(string type, ReadOnlySpan<byte> payload, IBufferWriter<byte> output) =>
        Write(":event-type"u8, type, "event"u8, payload, output);

    /// <summary>An exception: it ends the stream.</summary>
    public static void WriteException(string type, ReadOnlySpan<byte> payload, IBufferWriter<byte> output) =>
        Write(":exception-type"u8, type, "exception"u8, payload, output);

    private static void Write(ReadOnlySpan<byte> typeHeader, string type, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> payload, IBufferWriter<byte> output)
    {
        var typeBytes = Encoding.UTF8.GetByteCount(type);
        var headers = HeaderSize(typeHeader.Length, typeBytes) + HeaderSize(13, 16) + HeaderSize(13, kind.Length);
        var total = Prelude + headers + payload.Length + 4;
        var message = output.GetSpan(total)[..total];
        BinaryPrimitives.WriteUInt32BigEndian(message, (uint)total);
        BinaryPrimitives.WriteUInt32BigEndian(message[4..], (uint)headers);
        BinaryPrimitives.WriteUInt32BigEndian(message[8..], Crc32.Of(message[..8]));
        var rest = message[Prelude..];
        rest = Begin(rest, typeHeader, typeBytes);
        Encoding.UTF8.GetBytes(type, rest);
        rest = rest[typeBytes..];
        rest = Text(rest, ":content-type"u8, "application/json"u8);
        rest = Text(rest, ":message-type"u8, kind);
        payload.CopyTo(rest);
        BinaryPrimitives.WriteUInt32BigEndian(message[^4..], Crc32.Of(message[..^4]));
        output.Advance(total);
    }

    private static int HeaderSize(int name, int value) => 1 + name + 1 + 2 + value;

    private static Span<byte> Text(Span<byte> to, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        to = Begin(to, name, value.Length);
        value.CopyTo(to);
        return to[value.Length..];
    }

    private static Span<byte> Begin(Span<byte> to, ReadOnlySpan<byte> name, int valueLength)
    {
        to[0] = (byte)name.Length;
        name.CopyTo(to[1..]);
        to = to[(1 + name.Length)..];
        to[0] = 7;
        BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)valueLength);
        return to[3..];
    }
}
