using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Metering;
using Xunit;

namespace Weir.Core.Tests.Metering;

/// <summary>Amounts worked out by hand from the vendors' price pages, over the shipped catalogue.</summary>
public class CostCalculatorTests
{
    private static readonly DateTimeOffset Autumn = new(2026, 9, 15, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Anthropic_cache_reads_and_both_kinds_of_cache_writes_have_their_own_prices()
    {
        // 1,000 x $5 + 20,000 x $0.50 + 2,000 x $6.25 + 3,000 x $10 + 500 x $25, per million
        var cost = Price("anthropic", "claude-opus-4-8", new Usage
        {
            InputUncached = 1_000,
            CacheRead = 20_000,
            CacheWrite5m = 2_000,
            CacheWrite1h = 3_000,
            OutputVisible = 500,
        });
        AssertPriced("0.07", cost);
    }

    [Theory]
    [InlineData(200_000, "0.615")] // 200,000 x $3 + 1,000 x $15
    [InlineData(200_001, "1.222506")] // 200,001 x $6 + 1,000 x $22.50
    public void Sonnet_4_5_replaces_all_prices_above_200k_of_prompt(long prompt, string dollars) =>
        AssertPriced(dollars, Price("anthropic", "claude-sonnet-4-5-20250929", new Usage { InputUncached = prompt, OutputVisible = 1_000 }));

    [Theory]
    [InlineData("dall-e-3", 2, "hd/1024x1792", 0, 0, "0.24")] // 2 x $0.12
    [InlineData("dall-e-3", 1, "standard/1024x1024", 0, 0, "0.04")]
    [InlineData("dall-e-2", 3, "standard/256x256", 0, 0, "0.048")] // 3 x $0.016
    [InlineData("whisper-1", 0, null, 90, 0, "0.009")] // 90 s x $0.006 a minute
    [InlineData("tts-1", 0, null, 0, 1_000, "0.015")] // 1,000 x $15 per million
    [InlineData("tts-1-hd", 0, null, 0, 1, "0.00003")]
    public void What_is_not_sold_by_the_token_has_a_price_of_its_own(string model, long images, string? kind, long seconds, long characters, string dollars) =>
        AssertPriced(dollars, Price("openai", model, new Usage { Images = images, ImageKind = kind, AudioSeconds = seconds, Characters = characters }));

    [Fact]
    public void An_image_of_tokens_costs_its_tokens_and_nothing_beside() =>
        // 10 x $5 + 1,000 x $40, per million
        AssertPriced("0.04005", Price("openai", "gpt-image-1", new Usage { InputUncached = 10, OutputImage = 1_000, Images = 1, ImageKind = "high/1024x1024" }));

    [Fact]
    public void A_kind_of_image_that_the_list_does_not_name_is_an_estimate() =>
        Assert.Equal(PriceState.Estimated, Price("openai", "dall-e-3", new Usage { Images = 1, ImageKind = "hd/4096x4096" }).State);

    [Fact]
    public void Characters_say_nothing_to_a_price_by_the_token() =>
        Assert.Equal(PriceState.Unpriced, Price("openai", "gpt-4o-mini-tts", new Usage { Characters = 100 }).State);

    [Fact]
    public void Cached_tokens_count_towards_the_context_tier()
    {
        // 1 x $6 + 200,000 x $0.60, per million
        var cost = Price("anthropic", "claude-sonnet-4-5", new Usage { InputUncached = 1, CacheRead = 200_000 });
        AssertPriced("0.120006", cost);
    }

    [Theory]
    [InlineData("2026-03-12", "1.822500")]
    [InlineData("2026-03-13", "0.915")]
    public void Sonnet_4_6_lost_its_context_tier_on_a_day(string day, string dollars)
    {
        var at = DateTimeOffset.Parse(day + "T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        AssertPriced(dollars, Price("anthropic", "claude-sonnet-4-6", new Usage { InputUncached = 300_000, OutputVisible = 1_000 }, at));
    }

    [Fact]
    public void Anthropic_fast_speed_and_a_us_only_region_are_priced_from_the_response()
    {
        var usage = new Usage { InputUncached = 1_000, OutputVisible = 1_000 };
        AssertPriced("0.03", Price("anthropic", "claude-opus-4-8", usage));
        AssertPriced("0.06", Price("anthropic", "claude-opus-4-8", usage with { ServiceTier = "fast" }));
        AssertPriced("0.033", Price("anthropic", "claude-opus-4-8", usage with { Region = "us" }));
        AssertPriced("0.0165", Price("anthropic", "claude-opus-4-8", usage with { Region = "us", ServiceTier = "batch" }));
    }

    [Fact]
    public void Anthropic_searches_cost_a_cent_each_and_get_no_discount()
    {
        var usage = new Usage { InputUncached = 1_000, SearchUnits = 3, ServiceTier = "batch" };
        AssertPriced("0.0325", Price("anthropic", "claude-opus-4-8", usage));
    }

    [Theory]
    [InlineData(272_000, null, "0.695")] // $2.50 and $15
    [InlineData(272_001, null, "1.382505")] // $5 and $22.50
    [InlineData(100_000, "priority", "0.53")] // $5 and $30
    [InlineData(100_000, "flex", "0.1325")] // half
    [InlineData(272_001, "batch", "0.6912525")] // half of the tier
    public void Gpt_5_4_has_a_context_tier_and_service_tiers(long prompt, string? tier, string dollars) =>
        AssertPriced(dollars, Price("openai", "gpt-5.4-2026-03-05", new Usage { InputUncached = prompt, OutputVisible = 1_000, ServiceTier = tier }));

    [Fact]
    public void A_service_tier_without_a_context_tier_of_its_own_keeps_the_ratio_as_an_estimate()
    {
        // priority $5 x 5/2.50 = $10 and $30 x 22.50/15 = $45
        var cost = Price("openai", "gpt-5.4", new Usage { InputUncached = 300_000, OutputVisible = 1_000, ServiceTier = "priority" });
        Assert.Equal((Money.Parse("3.045"), PriceState.Estimated), (cost.Total, cost.State));
    }

    [Fact]
    public void OpenAI_reasoning_costs_as_output_and_cached_input_less()
    {
        // o3: 1,000 x $2 + 5,000 x $0.50 + (200 + 1,800) x $8, per million
        var usage = new Usage { InputUncached = 1_000, CacheRead = 5_000, OutputVisible = 200, Reasoning = 1_800 };
        AssertPriced("0.0205", Price("openai", "o3", usage));
    }

    [Fact]
    public void OpenAI_audio_has_its_own_prices_both_ways()
    {
        // gpt-realtime: 100 x $4 + 1,000 x $32 + 50 x $16 + 500 x $64, per million
        var usage = new Usage { InputUncached = 100, InputAudio = 1_000, OutputVisible = 50, OutputAudio = 500 };
        AssertPriced("0.0652", Price("openai", "gpt-realtime", usage));
    }

    [Theory]
    [InlineData(200_000, "0.26")] // $1.25 and $10
    [InlineData(200_001, "0.5150025")] // $2.50 and $15
    public void Gemini_2_5_pro_has_a_tier_above_200k_and_bills_thoughts_as_output(long prompt, string dollars) =>
        AssertPriced(dollars, Price("gemini", "models/gemini-2.5-pro", new Usage { InputUncached = prompt, OutputVisible = 400, Reasoning = 600 }));

    [Fact]
    public void Gemini_flash_audio_and_images()
    {
        // 1,000 x $0.30 + 1,000 x $1 audio + 1,000 x $0.30 image + 10,000 x $0.03 cached, per million
        var usage = new Usage { InputUncached = 1_000, InputAudio = 1_000, InputImage = 1_000, CacheRead = 10_000 };
        AssertPriced("0.0019", Price("google", "gemini-2.5-flash", usage));
    }

    [Fact]
    public void DeepSeek_cache_hits_and_misses()
    {
        // 1,000 x $0.14 + 100,000 x $0.0028 + 1,000 x $0.28, per million
        var usage = new Usage { InputUncached = 1_000, CacheRead = 100_000, OutputVisible = 1_000 };
        AssertPriced("0.0007", Price("deepseek", "deepseek-chat", usage));
    }

    [Fact]
    public void Perplexity_charges_the_request_too() =>
        AssertPriced("0.0173", Price("perplexity", "sonar-pro", new Usage { InputUncached = 100, OutputVisible = 200 }));

    [Fact]
    public void An_unknown_model_is_unpriced_and_not_free()
    {
        var cost = Price("openai", "gpt-99-imaginary", new Usage { InputUncached = 1_000 });
        Assert.Equal((PriceState.Unpriced, (string?)null), (cost.State, cost.PriceRowId));
        Assert.Equal(Cost.Unpriced, cost);
        Assert.Empty(CostCalculator.Itemize(null, new Usage { InputUncached = 1_000 }).Lines);
    }

    [Fact]
    public void A_service_tier_without_a_price_is_charged_as_standard_and_estimated()
    {
        var cost = Price("openai", "o3", new Usage { InputUncached = 1_000, ServiceTier = "scale" });
        Assert.Equal((Money.Parse("0.002"), PriceState.Estimated), (cost.Total, cost.State));
    }

    [Fact]
    public void A_missing_class_is_an_estimate_only_when_it_was_consumed()
    {
        // gpt-4o's row has no audio prices.
        Assert.Equal(PriceState.Priced, Price("openai", "gpt-4o", new Usage { InputUncached = 10 }).State);
        Assert.Equal(PriceState.Estimated, Price("openai", "gpt-4o", new Usage { InputAudio = 10 }).State);
        Assert.Equal(PriceState.Estimated, Price("openai", "gpt-4o", new Usage { SearchUnits = 1 }).State);
    }

    [Fact]
    public void A_price_borrowed_from_the_makers_list_is_an_estimate()
    {
        var usage = new Usage { InputUncached = 1_000 };
        var borrowed = Price("azure", "gpt-4o-2024-11-20", usage);
        Assert.Equal(Price("openai", "gpt-4o-2024-11-20", usage).Total, borrowed.Total);
        Assert.Equal((PriceState.Estimated, "openai/gpt-4o"), (borrowed.State, borrowed.PriceRowId));
    }

    [Fact]
    public void A_cost_names_the_row_and_the_book_it_came_from()
    {
        var cost = Price("anthropic", "claude-sonnet-4-6", new Usage { InputUncached = 1 });
        Assert.Equal("anthropic/claude-sonnet-4-6@2026-03-13", cost.PriceRowId);
        Assert.Equal(PriceBook.Embedded.Version, cost.BookVersion);
    }

    [Fact]
    public void An_absurd_count_stops_at_the_end_of_money_and_the_lines_still_add_up()
    {
        var row = PriceBook.Embedded.Find("anthropic", "claude-opus-4-8", Autumn);
        var itemized = CostCalculator.Itemize(row, new Usage { InputUncached = long.MaxValue, OutputVisible = long.MaxValue });
        Assert.Equal((new Money(long.MaxValue), PriceState.Estimated), (itemized.Cost.Total, itemized.Cost.State));
        Assert.Equal(itemized.Cost.Total, itemized.Lines.Aggregate(Money.Zero, (sum, line) => sum + line.Amount));
    }

    [Fact]
    public void Lines_show_quantity_unit_price_and_multiplier()
    {
        var row = PriceBook.Embedded.Find("openai", "gpt-5.4", Autumn);
        var lines = CostCalculator.Itemize(row, new Usage { InputUncached = 3, OutputVisible = 1, ServiceTier = "flex" }).Lines;
        Assert.True(Multiplier.TryParse("1/2", out var half));
        Assert.Equal(
            [
                new CostLine(PriceClass.Input, 3, Money.Parse("0.0000025"), half, Money.Parse("0.00000375"), false),
                new CostLine(PriceClass.Output, 1, Money.Parse("0.000015"), half, Money.Parse("0.0000075"), false),
            ],
            lines);
    }

    private static Cost Price(string provider, string model, Usage usage, DateTimeOffset? at = null) =>
        CostCalculator.Price(PriceBook.Embedded.Find(provider, model, at ?? Autumn), usage);

    private static void AssertPriced(string dollars, Cost cost) =>
        Assert.Equal((Money.Parse(dollars), PriceState.Priced), (cost.Total, cost.State));
}
