using Weir.Core.Configuration;
using Xunit;

namespace Weir.Core.Tests.Configuration;

public sealed class StoreAddressTests
{
    [Theory]
    [InlineData("redis", "redis", 6379)]
    [InlineData("redis.internal:7000", "redis.internal", 7000)]
    [InlineData("127.0.0.1:1", "127.0.0.1", 1)]
    [InlineData("[fd00::5]", "fd00::5", 6379)]
    [InlineData("[fd00::5]:7000", "fd00::5", 7000)]
    public void An_address_is_read(string text, string host, int port) => Assert.Equal(new StoreAddress(host, port), StoreAddress.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(":6379")]
    [InlineData("redis:")]
    [InlineData("redis:0")]
    [InlineData("redis:65536")]
    [InlineData("redis:port")]
    [InlineData("redis:6379/0")]
    [InlineData("redis://redis:6379")]
    [InlineData("fd00::5")]
    [InlineData("[redis]:6379")]
    [InlineData("[fd00::5]7000")]
    [InlineData("two words")]
    public void Anything_else_is_none(string text) => Assert.Null(StoreAddress.Parse(text));
}
