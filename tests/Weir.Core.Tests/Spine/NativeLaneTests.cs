using System.Buffers;
using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Dialects.Sse;
using Weir.Core.Spine.Lanes;
using Xunit;

namespace Weir.Core.Tests.Spine;

public sealed class NativeLaneTests
{
    private const string Stream = "\uFEFFdata: one\n\n: comment\n\ndata: two\r\n\r\n\n\nevent: x\ndata: three\ndata: more\n\n";

    [Fact]
    public void However_the_bytes_are_cut_the_same_bytes_go_on_and_only_whole_frames()
    {
        var bytes = Encoding.UTF8.GetBytes(Stream);
        for (var size = 1; size <= bytes.Length; size++)
        {
            var output = new ArrayBufferWriter<byte>();
            using var lane = new NativeLane(new Tap(), new SseFramer());
            for (var at = 0; at < bytes.Length; at += size)
                lane.Accept(bytes.AsSpan(at, Math.Min(size, bytes.Length - at)), output);
            lane.Finish(output);
            Assert.Equal(Stream, Encoding.UTF8.GetString(output.WrittenSpan));
        }
    }

    [Fact]
    public void Half_a_frame_stays_behind()
    {
        var output = new ArrayBufferWriter<byte>();
        using var lane = new NativeLane(new Tap(), new SseFramer());

        lane.Accept("data: one\n\ndata: tw"u8, output);
        Assert.Equal("data: one\n\n", Encoding.UTF8.GetString(output.WrittenSpan));
        lane.Accept("o"u8, output);
        Assert.Equal("data: one\n\n", Encoding.UTF8.GetString(output.WrittenSpan));
        lane.Accept("\n\ndata: three\n\nda"u8, output);
        Assert.Equal("data: one\n\ndata: two\n\ndata: three\n\n", Encoding.UTF8.GetString(output.WrittenSpan));
        lane.Finish(output);
        Assert.Equal("data: one\n\ndata: two\n\ndata: three\n\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void A_last_frame_without_its_blank_line_goes_on_when_the_answer_is_whole()
    {
        var output = new ArrayBufferWriter<byte>();
        using var lane = new NativeLane(new Tap { Facts = { MayEndUnmarked = true } }, new SseFramer());

        lane.Accept("data: one\n\ndata: [DONE]"u8, output);
        lane.Finish(output);

        Assert.Equal("data: one\n\ndata: [DONE]", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private sealed class Tap : IResponseTap
    {
        public ResponseFacts Facts { get; } = new();

        public bool MayRewrite => false;

        public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement) => FrameVerdict.Forward;

        public void OnBody(ReadOnlySpan<byte> body)
        {
        }
    }
}
