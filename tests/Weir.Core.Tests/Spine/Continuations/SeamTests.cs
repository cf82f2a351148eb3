using Weir.Core.Spine.Continuations;

namespace Weir.Core.Tests.Spine.Continuations;

public sealed class SeamTests
{
    [Theory]
    [InlineData("", "and on")]
    [InlineData("\n\n", "\n\nand on")]
    [InlineData("Hello \n", "Hello \nand on")]
    public void What_the_client_has_is_not_passed_on_twice_however_it_is_cut(string given, string continuation)
    {
        for (var size = 1; size <= continuation.Length; size++)
        {
            var seam = new Seam(given);
            var passed = string.Concat(continuation.Chunk(size).Select(piece => seam.Take(new string(piece)) ?? "!"));
            Assert.Equal("and on", passed);
            Assert.True(seam.IsClosed);
        }
    }

    [Theory]
    [InlineData("\n\n", " and on")]
    [InlineData("\n\n", "\n and on")]
    [InlineData("Hello ", "Hallo and on")]
    [InlineData(" ", "and on")]
    public void A_text_that_begins_otherwise_is_refused(string given, string continuation)
    {
        for (var size = 1; size <= continuation.Length; size++)
        {
            var seam = new Seam(given);
            Assert.Contains(null, continuation.Chunk(size).Select(piece => seam.Take(new string(piece))));
        }
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData(" \n", "", true)]
    [InlineData(" \n", " ", true)]
    [InlineData("Hello ", "", false)]
    [InlineData("Hello ", "Hello", true)]
    public void It_may_end_where_only_white_space_is_missing(string given, string said, bool may)
    {
        var seam = new Seam(given);
        Assert.Equal("", seam.Take(said));
        Assert.Equal(may, seam.MayEnd);
    }
}
