using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Upstream;
using Xunit;

namespace Weir.Core.Tests.Upstream;

public sealed class SplicingWriterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task The_body_is_the_same_however_it_is_cut(int piece)
    {
        var body = Encoding.UTF8.GetBytes("0123456789abcdefghij");
        List<Splice> splices = [new(0, 0, "<"u8.ToArray()), new(3, 4, "XY"u8.ToArray()), new(7, 0, "Z"u8.ToArray()), new(20, 0, ">"u8.ToArray())];
        using var output = new MemoryStream();
        var writer = new SplicingWriter(output, splices);
        for (var at = 0; at < body.Length; at += piece)
            await writer.WriteAsync(body.AsMemory(at, Math.Min(piece, body.Length - at)), TestContext.Current.CancellationToken);
        await writer.CompleteAsync(TestContext.Current.CancellationToken);

        Assert.Equal("<012XYZ789abcdefghij>", Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(output.Length, Splicer.FinalLength(body.Length, splices));
    }
}
