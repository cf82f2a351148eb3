using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonArrays;
using Weir.Core.Dialects.Sse;
using Xunit;

namespace Weir.Core.Tests.Dialects.JsonArrays;

public sealed class JsonArrayFramerTests
{
    private const string Stream = "[{\"a\":\"}]\\\"{\",\"b\":[{\"c\":1}]}\n,\r\n{\"é\":\"\\\\\"}\r\n]\n";

    private static (List<string> Data, string Raw) Read(byte[] bytes, Func<int> chunk, int limit = JsonArrayFramer.DefaultMaxFrameBytes)
    {
        using var framer = new JsonArrayFramer(limit);
        var data = new List<string>();
        var raw = new StringBuilder();
        var whole = new List<byte>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Clamp(chunk(), 1, bytes.Length - at);
            ReadOnlySpan<byte> input = bytes.AsSpan(at, length);
            while (framer.TryRead(ref input, out var frame))
                Take(frame);
            at += length;
        }

        if (framer.TryComplete(out var last))
            Take(last);
        Assert.Equal(0, framer.PendingBytes);
        return (data, Encoding.UTF8.GetString([.. whole]));

        void Take(in Frame frame)
        {
            whole.AddRange(frame.Raw);
            if (!frame.Data.IsEmpty)
                data.Add(Encoding.UTF8.GetString(frame.Data));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Elements_are_the_same_however_the_bytes_come(int seed)
    {
        var random = new Random(seed);
        var (data, raw) = Read(Encoding.UTF8.GetBytes(Stream), () => seed == 0 ? 1 : random.Next(1, 9));
        Assert.Equal(["{\"a\":\"}]\\\"{\",\"b\":[{\"c\":1}]}", "{\"é\":\"\\\\\"}"], data);
        Assert.Equal(Stream, raw);
    }

    [Fact]
    public void An_object_alone_is_one_element() => Assert.Equal(["{\"error\":{}}"], Read("{\"error\":{}}"u8.ToArray(), () => 5).Data);

    [Fact]
    public void A_cut_element_comes_at_the_end() => Assert.Equal(["{\"a\":1}", "{\"b\":"], Read("[{\"a\":1},{\"b\":"u8.ToArray(), () => 3).Data);

    [Fact]
    public void What_is_no_array_of_objects_is_refused() => Assert.Throws<InvalidDataException>(() => Read("<html>"u8.ToArray(), () => 100));

    [Fact]
    public void A_frame_beyond_the_limit_is_refused() => Assert.Throws<FrameTooLargeException>(() => Read(Encoding.UTF8.GetBytes(Stream), () => 4, limit: 12));
}
