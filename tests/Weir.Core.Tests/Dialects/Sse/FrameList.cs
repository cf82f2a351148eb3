using System.Text;
using Weir.Core.Dialects.Sse;

namespace Weir.Core.Tests.Dialects.Sse;

/// <summary>Frames as text, so that they can be compared after the framer moved on.</summary>
internal static class FrameList
{
    public static List<(string Raw, string Event, string Data)> Of(byte[] stream, Func<int> nextChunkLength)
    {
        var frames = new List<(string, string, string)>();
        using var framer = new SseFramer();
        for (var at = 0; at < stream.Length;)
        {
            var length = Math.Min(nextChunkLength(), stream.Length - at);
            ReadOnlySpan<byte> input = stream.AsSpan(at, length);
            while (framer.TryRead(ref input, out var frame))
                frames.Add((Latin(frame.Raw), Text(frame.EventName), Text(frame.Data)));
            at += length;
        }

        if (framer.TryComplete(out var last))
            frames.Add((Latin(last.Raw), Text(last.EventName), Text(last.Data)));
        return frames;
    }

    public static List<(string Raw, string Event, string Data)> Of(string stream) =>
        Of(Encoding.UTF8.GetBytes(stream), () => int.MaxValue);

    private static string Latin(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
