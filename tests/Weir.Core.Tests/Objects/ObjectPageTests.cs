using System.Buffers;
using System.Text;
using Weir.Core.Objects;
using Xunit;

namespace Weir.Core.Tests.Objects;

public sealed class ObjectPageTests
{
    private const string List = """{ "object": "list", "first_id": "a", "data": [ {"id":"a","x":[1,2]} , {"id": "b"},{"id":"c"} ], "last_id": "c", "has_more": true }""";

    [Theory]
    [InlineData("a b c", 9, true, """{ "object": "list", "first_id": "a", "data": [{"id":"a","x":[1,2]},{"id": "b"},{"id":"c"}], "last_id": "c", "has_more": true }""")]
    [InlineData("b", 9, false, """{ "object": "list", "first_id": "b", "data": [{"id": "b"}], "last_id": "b", "has_more": false }""")]
    [InlineData("b c", 1, false, """{ "object": "list", "first_id": "b", "data": [{"id": "b"}], "last_id": "b", "has_more": true }""")]
    [InlineData("", 9, false, """{ "object": "list", "first_id": null, "data": [], "last_id": null, "has_more": false }""")]
    public void What_stays_keeps_its_bytes_and_the_cursors_are_those_of_what_is_shown(string keep, int most, bool hasMore, string expected)
    {
        var (body, output) = (Encoding.UTF8.GetBytes(List), new ArrayBufferWriter<byte>());
        var page = ObjectPage.Read(body)!;
        page.Write(body, keep.Split(' ').ToHashSet(StringComparer.Ordinal), most, hasMore, output);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(["a", "b", "c"], page.Ids);
        Assert.True(page.HasMore);
    }

    [Fact]
    public void A_list_without_cursors_gets_none()
    {
        var (body, output) = ("""{"data":[{"id":"a"}]}"""u8.ToArray(), new ArrayBufferWriter<byte>());
        var page = ObjectPage.Read(body)!;
        page.Write(body, new HashSet<string>(), 9, hasMore: false, output);
        Assert.Equal("""{"data":[]}""", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.False(page.HasMore);
    }

    [Theory]
    [InlineData("""{"id":"a"}""")]
    [InlineData("""[]""")]
    [InlineData("""{"data":[{"id":"a"}""")]
    [InlineData("")]
    public void What_is_no_list_is_told_apart(string body) => Assert.Null(ObjectPage.Read(Encoding.UTF8.GetBytes(body)));
}
