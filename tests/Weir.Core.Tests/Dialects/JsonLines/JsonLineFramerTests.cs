using System.Text;
using Weir.Core.Dialects.JsonLines;
using Weir.Core.Dialects.Sse;

namespace Weir.Core.Tests.Dialects.JsonLines;

public class JsonLineFramerTests
{
    private const string Stream = "{\"a\":\"é\"}\r\n\n{\"b\":2}\n  {\"c\":3} \n{\"last\":true}";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Lines_are_the_same_however_they_arrive_and_no_byte_is_lost(int size)
    {
        var bytes = Encoding.UTF8.GetBytes(Stream);
        var (data, raw) = (new List<string>(), new List<byte>());
        using var framer = new JsonLineFramer();
        for (var at = 0; at < bytes.Length; at += size)
        {
            ReadOnlySpan<byte> input = bytes.AsSpan(at, Math.Min(size, bytes.Length - at));
            while (framer.TryRead(ref input, out var frame))
            {
                data.Add(Encoding.UTF8.GetString(frame.Data));
                raw.AddRange(frame.Raw);
            }
        }

        Assert.True(framer.PendingBytes > 0);
        Assert.True(framer.TryComplete(out var last));
        data.Add(Encoding.UTF8.GetString(last.Data));
        raw.AddRange(last.Raw);
        Assert.Equal(["{\"a\":\"é\"}", "", "{\"b\":2}", "{\"c\":3}", "{\"last\":true}"], data);
        Assert.Equal(bytes, raw);
    }

    [Fact]
    public void A_line_beyond_the_limit_ends_the_stream()
    {
        using var framer = new JsonLineFramer(maxFrameBytes: 10);
        Assert.Throws<FrameTooLargeException>(() =>
        {
            ReadOnlySpan<byte> input = "0123456789a"u8;
            framer.TryRead(ref input, out _);
        });
    }
}
