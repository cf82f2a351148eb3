using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Metering;
using Xunit;

namespace Weir.Core.Tests.Metering;

public class CostCalculatorPropertyTests
{
    private const int Cases = 5_000;

    [Fact]
    public void Agrees_to_the_pico_dollar_with_a_slow_reference_in_decimals()
    {
        var generator = new PricingGenerator(1);
        var states = new Dictionary<PriceState, int>();
        for (var i = 0; i < Cases; i++)
        {
            var (spec, usage) = (generator.Spec(), generator.Usage());
            var cost = CostCalculator.Price(Row(spec), usage);
            var (picos, estimated) = DecimalReference.Price(spec, usage);
            Assert.True(picos == (decimal)cost.Total.Picos, $"case {i}: {picos} != {cost.Total.Picos}: {spec} {usage}");
            Assert.True(estimated == (cost.State == PriceState.Estimated), $"case {i}: {cost.State}: {spec} {usage}");
            states[cost.State] = states.GetValueOrDefault(cost.State) + 1;
        }

        // The generator must reach both states, else the comparison says little.
        Assert.True(states[PriceState.Priced] > Cases / 20 && states[PriceState.Estimated] > Cases / 20);
    }

    [Fact]
    public void The_lines_add_up_to_the_total_exactly()
    {
        var generator = new PricingGenerator(2);
        for (var i = 0; i < Cases; i++)
        {
            var (row, usage) = (Row(generator.Spec()), generator.Usage());
            var itemized = CostCalculator.Itemize(row, usage);
            Assert.Equal(CostCalculator.Price(row, usage), itemized.Cost);
            Assert.Equal(itemized.Cost.Total, itemized.Lines.Aggregate(Money.Zero, (sum, line) => sum + line.Amount));
            Assert.Equal(usage.InputTotal + usage.OutputTotal, itemized.Lines
                .Where(l => l.Class < PriceClass.PerRequest).Sum(l => l.Quantity));
        }
    }

    [Fact]
    public void More_of_anything_never_costs_less_within_a_tier()
    {
        var generator = new PricingGenerator(3);
        for (var i = 0; i < Cases; i++)
        {
            // A tier may be cheaper, so the prompt's size must not cross one.
            var (row, usage) = (Row(generator.Spec() with { ContextTiers = null, ServiceTiers = null }), generator.Usage());
            Assert.True(CostCalculator.Price(row, generator.More(usage)).Total >= CostCalculator.Price(row, usage).Total);
        }
    }

    [Fact]
    public void Nothing_an_upstream_reports_can_make_it_throw_or_go_negative()
    {
        long[] odd = [long.MinValue, -1, 0, 1, long.MaxValue];
        var random = new Random(4);
        var generator = new PricingGenerator(5);
        long Odd() => odd[random.Next(odd.Length)];
        for (var i = 0; i < Cases; i++)
        {
            var usage = new Usage
            {
                InputUncached = Odd(),
                CacheRead = Odd(),
                CacheWrite5m = Odd(),
                CacheWrite1h = Odd(),
                InputAudio = Odd(),
                InputImage = Odd(),
                OutputVisible = Odd(),
                Reasoning = Odd(),
                OutputAudio = Odd(),
                OutputImage = Odd(),
                SearchUnits = Odd(),
                ServiceTier = "batch",
                Region = "us",
            };
            Assert.True(CostCalculator.Price(Row(generator.Spec()), usage).Total >= Money.Zero);
        }
    }

    [Fact]
    public void Pricing_a_call_allocates_nothing()
    {
        var row = Row(new PricingGenerator(6).Spec() with { ServiceTiers = null });
        var usage = new Usage { InputUncached = 1_000, OutputVisible = 100, ServiceTier = "default", Region = "us" };
        CostCalculator.Price(row, usage);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            CostCalculator.Price(row, usage);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static PriceRow Row(PriceSpec spec)
    {
        var (overrides, errors) = PriceSpecParser.Parse([spec]);
        Assert.Empty(errors);
        return overrides[0].Row;
    }
}
