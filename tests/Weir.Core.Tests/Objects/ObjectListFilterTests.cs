using System.Buffers;
using System.Text;
using Weir.Core.Objects;
using Xunit;

namespace Weir.Core.Tests.Objects;

public sealed class ObjectListFilterTests
{
    private const string List = """{ "object": "list", "data": [ {"id":"a","x":[1,2]} , {"id": "b"},{"id":"c"} ], "last_id": "c", "has_more": true }""";

    [Theory]
    [InlineData("a b c", """{ "object": "list", "data": [{"id":"a","x":[1,2]},{"id": "b"},{"id":"c"}], "last_id": "c", "has_more": true }""")]
    [InlineData("b", """{ "object": "list", "data": [{"id": "b"}], "last_id": "c", "has_more": true }""")]
    [InlineData("", """{ "object": "list", "data": [], "last_id": "c", "has_more": true }""")]
    public void What_stays_keeps_its_bytes(string keep, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        ObjectListFilter.Write(Encoding.UTF8.GetBytes(List), keep.Split(' ').ToHashSet(StringComparer.Ordinal), output);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(["a", "b", "c"], ObjectListFilter.ReadIds(Encoding.UTF8.GetBytes(List))!);
    }

    [Theory]
    [InlineData("""{"id":"a"}""")]
    [InlineData("""[]""")]
    [InlineData("""{"data":[{"id":"a"}""")]
    [InlineData("")]
    public void What_is_no_list_is_told_apart(string body) => Assert.Null(ObjectListFilter.ReadIds(Encoding.UTF8.GetBytes(body)));
}
