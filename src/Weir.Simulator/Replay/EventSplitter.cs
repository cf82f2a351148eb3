using System.Buffers.Binary;

namespace Weir.Simulator.Replay;

/// <summary>Cuts a recorded stream after each of its events; joined again the pieces are the body.</summary>
internal static class EventSplitter
{
    public static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body, string contentType, bool stream)
    {
        while (body.Length > 0)
        {
            var length = !stream ? body.Length : Math.Clamp(Next(body.Span, contentType), 1, body.Length);
            yield return body[..length];
            body = body[length..];
        }
    }

    private static int Next(ReadOnlySpan<byte> body, string contentType)
    {
        if (contentType.Contains("vnd.amazon.eventstream", StringComparison.Ordinal))
        {
            // A frame begins with its own total length.
            return body.Length < 4 ? body.Length : (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(body), (uint)body.Length);
        }

        if (contentType.Contains("event-stream", StringComparison.Ordinal))
        {
            return Blank(body);
        }

        // Lines of JSON, and the elements of a streamed array as Google prints them.
        var line = body.IndexOf((byte)'\n');
        return line < 0 ? body.Length : line + 1;
    }

    private static int Blank(ReadOnlySpan<byte> body)
    {
        var shortest = body.Length;
        foreach (var mark in (ReadOnlySpan<byte[]>)["\n\n"u8.ToArray(), "\r\n\r\n"u8.ToArray(), "\r\r"u8.ToArray()])
        {
            if (body[..shortest].IndexOf(mark) is var at and >= 0)
            {
                shortest = at + mark.Length;
            }
        }

        return shortest;
    }
}
