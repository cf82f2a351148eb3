using System.Text.Json;
using Weir.Core.Catalog;

namespace Weir.Core.Tests.Catalog;

public class MoneyTests
{
    [Theory]
    [InlineData("2.50", "$2.50")]
    [InlineData("0.001234", "$0.001234")]
    [InlineData("0.000000000001", "$0.000000000001")]
    [InlineData("-0.1", "-$0.10")]
    [InlineData("1e-6", "$0.000001")]
    [InlineData("12E2", "$1200.00")]
    [InlineData("0", "$0.00")]
    [InlineData(".5", "$0.50")]
    [InlineData("-9223372.036854775808", "-$9223372.036854775808")]
    public void Decimal_text_is_read_exactly_and_written_without_a_culture(string text, string shown) =>
        Assert.Equal(shown, Money.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("1e")]
    [InlineData("1e99")]
    [InlineData("NaN")]
    [InlineData("0.0000000000001")]
    [InlineData("9999999999999999999999999999999")]
    public void What_is_not_an_amount_is_refused(string text) => Assert.False(Money.TryParse(text, out _));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(499_999, 0, 1)]
    [InlineData(500_000, 1, 1)]
    [InlineData(1_000_000, 1, 1)]
    [InlineData(1_000_001, 1, 2)]
    [InlineData(-1, 0, 0)]
    [InlineData(-500_000, 0, 0)]
    [InlineData(-500_001, -1, 0)]
    [InlineData(-1_000_001, -1, -1)]
    [InlineData(long.MaxValue, 9_223_372_036_855, 9_223_372_036_855)]
    public void Micro_dollars_round_half_up_for_showing_and_up_for_setting_aside(long picos, long shown, long aside) =>
        Assert.Equal((shown, aside), (new Money(picos).Micros, new Money(picos).ToMicrosCeiling()));

    [Fact]
    public void Overflow_is_an_error()
    {
        var most = new Money(long.MaxValue);
        Assert.Throws<OverflowException>(() => most + new Money(1));
        Assert.Throws<OverflowException>(() => most * 2);
        Assert.Throws<OverflowException>(() => Money.FromDollars(10_000_000));
        Assert.False(Money.TryParse("10000000", out _));
    }

    [Fact]
    public void Json_is_a_string_of_decimal_dollars_and_nothing_else()
    {
        var json = JsonSerializer.Serialize(Money.Parse("0.001234"));
        Assert.Equal("\"0.001234\"", json);
        Assert.Equal(Money.Parse("0.001234"), JsonSerializer.Deserialize<Money>(json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>("0.001234"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>("\"a lot\""));
    }

    [Fact]
    public void Text_of_any_amount_reads_back_as_the_same_amount()
    {
        var random = new Random(20);
        for (var i = 0; i < 2_000; i++)
        {
            var money = new Money(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(60));
            Assert.Equal(money, Money.Parse(money.ToDecimalString()));
        }
    }
}
