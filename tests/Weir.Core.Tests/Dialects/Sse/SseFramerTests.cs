using System.Text;
using Weir.Core.Dialects.Sse;

namespace Weir.Core.Tests.Dialects.Sse;

public class SseFramerTests
{
    // The format cases of the web platform's event stream tests, in our own words.
    [Theory]
    [InlineData("data: a\n\n", "", "a")]
    [InlineData("data:a\n\n", "", "a")]
    [InlineData("data:  a\n\n", "", " a")]
    [InlineData("data:\ta\n\n", "", "\ta")]
    [InlineData("data\n\n", "", "")]
    [InlineData("data:\n\n", "", "")]
    [InlineData("data: a\ndata: b\n\n", "", "a\nb")]
    [InlineData("data\ndata\n\n", "", "\n")]
    [InlineData("data: a\r\ndata: b\r\n\r\n", "", "a\nb")]
    [InlineData("data: a\rdata: b\r\r", "", "a\nb")]
    [InlineData("data: a\r\ndata: b\n\r", "", "a\nb")]
    [InlineData("\uFEFFdata: a\n\n", "", "a")]
    [InlineData("\uFEFF\uFEFFdata: a\n\n", "", "")]
    [InlineData(": note\ndata: a\n\n", "", "a")]
    [InlineData("event: x\ndata: a\n\n", "x", "a")]
    [InlineData("event: x\nevent: y\ndata: a\n\n", "y", "a")]
    [InlineData("event\ndata: a\n\n", "", "a")]
    [InlineData("id: 7\nretry: 100\ndata: a\n\n", "", "a")]
    [InlineData("Data: a\n\n", "", "")]
    [InlineData(" data: a\n\n", "", "")]
    [InlineData("data : a\n\n", "", "")]
    [InlineData("data: a:b\n\n", "", "a:b")]
    [InlineData("data: a\0b\n\n", "", "a\0b")]
    [InlineData("data: a\u2028b\n\n", "", "a\u2028b")]
    [InlineData("data: a", "", "a")]
    [InlineData("data: a\n", "", "a")]
    [InlineData("data: a\r", "", "a")]
    public void One_frame_is_read_as_the_standard_says(string stream, string eventName, string data)
    {
        var frame = Assert.Single(FrameList.Of(stream));
        Assert.Equal((eventName, data), (frame.Event, frame.Data));
    }

    [Fact]
    public void Comments_and_blank_lines_are_frames_without_data()
    {
        var frames = FrameList.Of(": PROCESSING\n\n\ndata: a\n\n:\n\n");
        Assert.Equal([": PROCESSING\n\n", "\n", "data: a\n\n", ":\n\n"], frames.Select(f => f.Raw));
        Assert.Equal(["", "", "a", ""], frames.Select(f => f.Data));
    }

    [Fact]
    public void Any_chunking_gives_the_same_frames_and_loses_no_byte()
    {
        string[] pieces =
            ["data: {\"a\":1}", "data:é漢🚰", "event: ping", ": note", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\uFEFF", "data", "x"];
        var random = new Random(4711);
        for (var round = 0; round < 400; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)]));
            var stream = Encoding.UTF8.GetBytes(text);
            var whole = FrameList.Of(stream, () => int.MaxValue);
            Assert.Equal(Encoding.Latin1.GetString(stream), string.Concat(whole.Select(f => f.Raw)));
            Assert.Equal(whole, FrameList.Of(stream, () => 1));
            Assert.Equal(whole, FrameList.Of(stream, () => random.Next(1, 9)));
        }
    }

    [Fact]
    public void A_frame_over_the_limit_ends_the_reading()
    {
        using var framer = new SseFramer(maxFrameBytes: 100);
        ReadOnlySpan<byte> first = new byte[90];
        Assert.False(framer.TryRead(ref first, out _));
        Assert.Equal(90, framer.PendingBytes);
        var failure = Assert.Throws<FrameTooLargeException>(() =>
        {
            ReadOnlySpan<byte> second = new byte[11];
            framer.TryRead(ref second, out _);
        });
        Assert.Equal(100, failure.LimitBytes);
    }

    [Fact]
    public void Nothing_is_allocated_for_frames_that_lie_whole_in_a_read()
    {
        var stream = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("data: {\"x\":\"hello\"}\n\n", 100)));
        using var framer = new SseFramer();
        var frames = 0;
        Drain();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Drain();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(200, frames);

        void Drain()
        {
            ReadOnlySpan<byte> input = stream;
            while (framer.TryRead(ref input, out var frame))
                frames += frame.Data.Length == 13 ? 1 : 0;
        }
    }
}
