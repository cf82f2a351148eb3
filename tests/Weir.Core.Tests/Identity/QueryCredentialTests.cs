using Weir.Core.Identity;
using Xunit;

namespace Weir.Core.Tests.Identity;

public sealed class QueryCredentialTests
{
    [Theory]
    [InlineData("?key=wk-1", "wk-1", "")]
    [InlineData("?alt=sse&key=wk%2D1&x=%20", "wk-1", "?alt=sse&x=%20")]
    [InlineData("?k%65y=a&KEY=b", "a,b", "")]
    [InlineData("?alt=sse", null, "?alt=sse")]
    [InlineData("", null, "")]
    public void The_key_is_found_and_goes_no_further(string query, string? key, string rest)
    {
        Assert.Equal(key, QueryCredential.Find(query, "key"));
        Assert.Equal(rest, QueryCredential.Without(query, "key"));
    }

    [Fact]
    public void Dialects_without_one_keep_their_query()
    {
        Assert.Null(QueryCredential.Find("?key=x", null));
        Assert.Equal("?key=x", QueryCredential.Without("?key=x", null));
    }
}
