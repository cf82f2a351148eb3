using System.Buffers;
using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;

namespace Weir.Core.Tests.Dialects.JsonSplice;

public class SplicerTests
{
    [Fact]
    public async Task All_forms_of_output_agree_and_leave_the_rest_alone()
    {
        var body = Encoding.UTF8.GetBytes("0123456789");
        List<Splice> Plan() => [new(8, 1, "Z"u8.ToArray()), new(1, 0, "a"u8.ToArray()), new(1, 0, "b"u8.ToArray()), new(3, 2, default)];
        var written = new ArrayBufferWriter<byte>();
        Splicer.Write(body, Plan(), written);
        var segments = new List<ReadOnlyMemory<byte>>();
        var plan = Plan();
        Splicer.AddSegments(body, plan, segments);
        using var stream = new MemoryStream();
        await Splicer.WriteAsync(body, Plan(), stream, TestContext.Current.CancellationToken);

        Assert.Equal("0ab12567Z9", Encoding.UTF8.GetString(written.WrittenSpan));
        Assert.Equal("0ab12567Z9", string.Concat(segments.Select(s => Encoding.UTF8.GetString(s.Span))));
        Assert.Equal("0ab12567Z9", Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(10, Splicer.FinalLength(body.Length, plan));
    }

    [Fact]
    public void Unchanged_stretches_are_slices_of_the_body_not_copies()
    {
        var body = new byte[1_000];
        var segments = new List<ReadOnlyMemory<byte>>();
        Splicer.AddSegments(body, [new Splice(10, 5, new byte[3])], segments);
        Assert.True(segments[0].Span.Overlaps(body));
        Assert.True(segments[2].Span.Overlaps(body));
    }

    [Theory]
    [InlineData(0, 2, 1, 1)]
    [InlineData(0, 11, 11, 0)]
    [InlineData(-1, 1, 5, 1)]
    [InlineData(0, 1, 11, 0)]
    public void Splices_that_cannot_be_applied_are_a_programming_fault(int offset1, int length1, int offset2, int length2) =>
        Assert.Throws<ArgumentException>(() =>
            Splicer.Prepare(10, [new Splice(offset1, length1, default), new Splice(offset2, length2, default)]));
}
