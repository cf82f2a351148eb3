using Weir.Core.Catalog;

namespace Weir.Core.Tests.Catalog;

public class PriceSpecParserTests
{
    private static readonly PriceSpec Good = new() { Name = "good", Provider = "p", Model = "m", Input = "2.50", Output = "10" };

    [Fact]
    public void A_good_entry_becomes_a_row_of_exact_prices()
    {
        var (overrides, errors) = PriceSpecParser.Parse([Good with { PerRequest = "0.005" }]);
        Assert.Empty(errors);
        var prices = Assert.Single(overrides).Row.Prices.Base;
        Assert.Equal(new Money(2_500_000), prices[PriceClass.Input]);
        Assert.Equal(new Money(5_000_000_000), prices[PriceClass.PerRequest]);
        Assert.Null(prices[PriceClass.Reasoning]);
    }

    public static TheoryData<PriceSpec, string> Faults => new()
    {
        { Good with { Name = null }, "prices[0].name" },
        { Good with { Model = null }, "prices[0].model" },
        { Good with { Model = "gpt-*-mini" }, "prices[0].model" },
        { Good with { Currency = "EUR" }, "prices[0].currency" },
        { Good with { Input = "cheap" }, "prices[0].input" },
        { Good with { Output = "-1" }, "prices[0].output" },
        { Good with { Output = "0.0000001" }, "prices[0].output" },
        { Good with { PerSearch = "1001" }, "prices[0].perSearch" },
        { Good with { EffectiveFrom = "13.03.2026" }, "prices[0].effectiveFrom" },
        { Good with { EffectiveFrom = "2026-03-13", EffectiveUntil = "2026-03-13" }, "prices[0].effectiveUntil" },
        { Good with { Input = null, Output = null }, "prices[0]" },
        { Good with { Free = true }, "prices[0].free" },
        { Good with { ContextTiers = [new() { Input = "5" }] }, "prices[0].contextTiers[0].above" },
        { Good with { ContextTiers = [new() { Above = 5 }] }, "prices[0].contextTiers[0]" },
        { Good with { ContextTiers = [new() { Above = 5, Input = "x" }] }, "prices[0].contextTiers[0].input" },
        { Good with { ContextTiers = [new() { Above = 5, Input = "1" }, new() { Above = 5, Input = "2" }] }, "prices[0].contextTiers[1].above" },
        { Tier("flex", new()), "prices[0].serviceTiers.flex" },
        { Tier("flex", new() { Multiplier = "1/2", Input = "1" }), "prices[0].serviceTiers.flex" },
        { Tier("flex", new() { Multiplier = "0" }), "prices[0].serviceTiers.flex.multiplier" },
        { Tier("default", new() { Multiplier = "1/2" }), "prices[0].serviceTiers.default" },
        { Good with { Regions = new Dictionary<string, string> { ["us"] = "ten" } }, "prices[0].regions.us" },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void A_fault_is_named_with_its_path_and_the_entry_is_left_out(PriceSpec spec, string path)
    {
        var (overrides, errors) = PriceSpecParser.Parse([spec]);
        Assert.Empty(overrides);
        Assert.Equal(path, Assert.Single(errors).Path);
    }

    [Fact]
    public void All_errors_are_collected()
    {
        var (overrides, errors) = PriceSpecParser.Parse(
            [Good with { Input = "x", Output = "y" }, Good with { Name = "fine" }, Good with { Name = "fine" }]);
        Assert.Equal(["prices[0].input", "prices[0].output", "prices[2].name"], errors.Select(e => e.Path));
        Assert.Equal("config/fine", Assert.Single(overrides).Row.Id);
    }

    private static PriceSpec Tier(string name, PriceTierSpec tier) =>
        Good with { ServiceTiers = new Dictionary<string, PriceTierSpec> { [name] = tier } };
}
