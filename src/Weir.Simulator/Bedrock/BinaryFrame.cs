using System.Buffers.Binary;
using System.Text;
using Weir.Simulator.Json;

namespace Weir.Simulator.Bedrock;

/// <summary>
/// One message of AWS's event stream encoding: total length, headers length, CRC-32 of both, headers, payload, CRC-32 of
/// everything before. Written from the published description, apart from the gateway's own.
/// </summary>
internal static class BinaryFrame
{
    private const int Prelude = 12;

    public static void Write(string kind, string type, ReadOnlySpan<byte> payload, EventBuffer to)
    {
        var headers = new List<byte>(96);
        Header(headers, kind == "exception" ? ":exception-type" : ":event-type", type);
        Header(headers, ":content-type", "application/json");
        Header(headers, ":message-type", kind);
        var total = Prelude + headers.Count + payload.Length + 4;
        var message = new byte[total];
        BinaryPrimitives.WriteInt32BigEndian(message, total);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), headers.Count);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), Checksum(message.AsSpan(0, 8)));
        headers.CopyTo(message, Prelude);
        payload.CopyTo(message.AsSpan(Prelude + headers.Count));
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(total - 4), Checksum(message.AsSpan(0, total - 4)));
        to.Raw(message);
    }

    private static void Header(List<byte> headers, string name, string value)
    {
        headers.Add((byte)name.Length);
        headers.AddRange(Encoding.ASCII.GetBytes(name));
        headers.Add(7);
        headers.Add((byte)(value.Length >> 8));
        headers.Add((byte)value.Length);
        headers.AddRange(Encoding.ASCII.GetBytes(value));
    }

    /// <summary>CRC-32, bit by bit: slow and plain.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
