using Weir.Core.Catalog;

namespace Weir.Core.Tests.Catalog;

public class MultiplierTests
{
    [Theory]
    [InlineData("1/2", "1/2")]
    [InlineData("0.5", "1/2")]
    [InlineData("1.1", "11/10")]
    [InlineData("10/20", "1/2")]
    [InlineData("2", "2/1")]
    [InlineData("3/3", "1/1")]
    public void Ratios_and_decimals_are_read_and_reduced(string text, string reduced)
    {
        Assert.True(Multiplier.TryParse(text, out var value));
        Assert.Equal(reduced, value.ToString());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1/2")]
    [InlineData("1/0")]
    [InlineData("1/")]
    [InlineData("1.0001")]
    [InlineData("1001")]
    [InlineData("half")]
    public void What_is_not_a_usable_ratio_is_refused(string text) => Assert.False(Multiplier.TryParse(text, out _));

    [Fact]
    public void Any_two_written_ratios_can_be_multiplied()
    {
        Assert.True(Multiplier.TryParse("999/998", out var a));
        Assert.True(Multiplier.TryParse("997/991", out var b));
        Assert.Equal("996003/989018", (a * b).ToString());
        Assert.True(Multiplier.TryParse("998/999", out var inverse));
        Assert.Equal(Multiplier.One, a * inverse);
    }
}
