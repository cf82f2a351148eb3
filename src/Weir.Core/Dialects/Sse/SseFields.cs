using System.Buffers;

namespace Weir.Core.Dialects.Sse;

/// <summary>Reads the fields of one frame (WHATWG HTML, 9.2.6): <c>event</c> and <c>data</c>; others are skipped.</summary>
internal static class SseFields
{
    /// <param name="raw">The whole frame.</param>
    /// <param name="text">The frame without a byte order mark.</param>
    /// <param name="joined">Pooled buffer for the joined lines when there is more than one <c>data</c> line.</param>
    public static Frame Parse(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> text, ref byte[]? joined)
    {
        ReadOnlySpan<byte> eventName = default;
        ReadOnlySpan<byte> data = default;
        var dataLines = 0;
        var joinedLength = 0;
        while (!text.IsEmpty)
        {
            var line = TakeLine(ref text);
            if (line.IsEmpty || line[0] == (byte)':')
                continue;
            var colon = line.IndexOf((byte)':');
            var name = colon < 0 ? line : line[..colon];
            var value = colon < 0 ? default : line[(colon + 1)..];
            if (!value.IsEmpty && value[0] == (byte)' ')
                value = value[1..];
            if (name.SequenceEqual("data"u8))
            {
                if (dataLines++ == 0)
                {
                    data = value;
                    continue;
                }

                if (joined is null)
                {
                    joined = ArrayPool<byte>.Shared.Rent(raw.Length);
                    data.CopyTo(joined);
                    joinedLength = data.Length;
                }

                joined[joinedLength++] = (byte)'\n';
                value.CopyTo(joined.AsSpan(joinedLength));
                joinedLength += value.Length;
            }
            else if (name.SequenceEqual("event"u8))
            {
                eventName = value;
            }
        }

        return new Frame(raw, eventName, joined is null ? data : joined.AsSpan(0, joinedLength));
    }

    private static ReadOnlySpan<byte> TakeLine(scoped ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'\n', (byte)'\r');
        if (end < 0)
        {
            var rest = text;
            text = default;
            return rest;
        }

        var line = text[..end];
        var next = end + 1;
        if (text[end] == (byte)'\r' && next < text.Length && text[next] == (byte)'\n')
            next++;
        text = text[next..];
        return line;
    }
}
