using System.Globalization;
using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Metering;

namespace Weir.Core.Tests.Catalog;

public class PriceBookTests
{
    private static readonly DateTimeOffset Autumn = new(2026, 9, 15, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("gemini", "gemini-2.5-pro", "google/gemini-2.5-pro")]
    [InlineData("vertex", "publishers/google/models/gemini-2.5-pro", "google/gemini-2.5-pro")]
    [InlineData("OpenAI", "GPT-4o", "openai/gpt-4o")]
    [InlineData("aws.bedrock", "us.amazon.nova-pro-v1:0", "bedrock/amazon.nova-pro-v1:0")]
    [InlineData("bedrock", "global.anthropic.claude-opus-4-8-v1:0", "bedrock/global.anthropic.claude-opus-4-8-v1:0")]
    [InlineData("fireworks-ai", "accounts/fireworks/models/glm-5p1", "fireworks/glm-5p1")]
    [InlineData("anthropic", "claude-opus-4-6-20260205", "anthropic/claude-opus-4-6@2026-03-13")]
    public void Models_are_found_by_the_names_people_and_providers_use(string provider, string model, string row) =>
        Assert.Equal(row, PriceBook.Embedded.Find(provider, model, Autumn)?.Id);

    [Theory]
    [InlineData("openai", "gpt-99")]
    [InlineData("nobody", "gpt-4o")]
    [InlineData("ollama-cloud", "gpt-oss:120b")]
    public void What_is_not_known_is_null(string provider, string model) =>
        Assert.Null(PriceBook.Embedded.Find(provider, model, Autumn));

    [Theory]
    [InlineData("2026-08-31T23:59:59Z", "2")]
    [InlineData("2026-09-01T00:00:00Z", "3")]
    [InlineData("2026-09-01T01:00:00+02:00", "2")]
    public void A_dated_price_begins_at_midnight_utc(string at, string dollarsPerMillion)
    {
        var row = PriceBook.Embedded.Find("anthropic", "claude-sonnet-5", DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));
        Assert.Equal(Money.Parse(dollarsPerMillion), row!.Prices.Base[PriceClass.Input]!.Value * 1_000_000);
    }

    [Fact]
    public void An_override_replaces_the_shipped_row_whole()
    {
        var book = Book(new PriceSpec { Name = "ours", Provider = "openai", Model = "gpt-4o", Input = "1", Output = "2" });
        var row = book.Find("openai", "gpt-4o", Autumn)!;
        Assert.Equal("config/ours", row.Id);
        Assert.StartsWith("config+", row.BookVersion, StringComparison.Ordinal);
        Assert.Null(row.Prices.Base[PriceClass.CacheRead]);
        Assert.Equal("openai/gpt-4o-mini", book.Find("openai", "gpt-4o-mini", Autumn)!.Id);
        Assert.Equal("openai/gpt-4o", PriceBook.Embedded.Find("openai", "gpt-4o", Autumn)!.Id);
    }

    [Fact]
    public void The_overrides_of_the_provider_come_before_those_for_any_provider()
    {
        var book = Book(
            new PriceSpec { Name = "any", Model = "gpt-4o", Input = "1" },
            new PriceSpec { Name = "openai-gpt", Provider = "openai", Model = "gpt-*", Input = "2" },
            new PriceSpec { Name = "openai-4o", Provider = "OpenAI", Model = "gpt-4o", Input = "3" },
            new PriceSpec { Name = "gemini", Provider = "gemini", Model = "*", Input = "4" });
        Assert.Equal("config/openai-4o", book.Find("openai", "gpt-4o", Autumn)!.Id);
        Assert.Equal("config/openai-gpt", book.Find("openai", "gpt-4o-mini", Autumn)!.Id);
        Assert.Equal("config/any", book.Find("my-own-server", "gpt-4o", Autumn)!.Id);
        Assert.Equal("config/gemini", book.Find("vertex", "gemini-2.5-pro", Autumn)!.Id);
    }

    [Fact]
    public void An_override_holds_only_within_its_days_and_the_later_one_wins()
    {
        var book = Book(
            new PriceSpec { Name = "second", Provider = "openai", Model = "gpt-4o", Input = "2", EffectiveFrom = "2026-10-01", EffectiveUntil = "2026-11-01" },
            new PriceSpec { Name = "first", Provider = "openai", Model = "gpt-4o", Input = "1", EffectiveFrom = "2026-09-01", EffectiveUntil = "2026-12-01" });
        string? At(int month, int day) => book.Find("openai", "gpt-4o", new DateTimeOffset(2026, month, day, 0, 0, 0, TimeSpan.Zero))?.Id;
        Assert.Equal("openai/gpt-4o", At(8, 31));
        Assert.Equal("config/first", At(9, 1));
        Assert.Equal("config/second", At(10, 1));
        Assert.Equal("config/first", At(11, 1));
        Assert.Equal("openai/gpt-4o", At(12, 1));
    }

    [Fact]
    public void A_schedule_answers_for_every_time_and_an_unknown_model_has_an_empty_one()
    {
        Assert.True(PriceBook.Embedded.Find("openai", "gpt-99").IsEmpty);
        Assert.Same(PriceSchedule.Unpriced, PriceBook.Embedded.Find("nobody", "x"));
        var schedule = PriceBook.Embedded.Find("anthropic", "claude-sonnet-4-6");
        Assert.Equal(
            ["anthropic/claude-sonnet-4-6@2026-03-13", "anthropic/claude-sonnet-4-6"], schedule.Rows.Select(r => r.Id));
        Assert.Equal("anthropic/claude-sonnet-4-6", schedule.At(DateTimeOffset.MinValue)!.Id);
        // The newest in force wins whatever the order it was given in.
        Assert.Equal(schedule.At(Autumn), new PriceSchedule(schedule.Rows.Reverse()).At(Autumn));
    }

    [Fact]
    public void A_faulty_entry_given_without_validation_is_refused() =>
        Assert.Throws<ArgumentException>(() => PriceBook.Embedded.With([new PriceSpec { Name = "x", Model = "m", Input = "dear" }]));

    [Fact]
    public void A_model_declared_free_is_priced_at_zero_in_every_tier()
    {
        var row = Book(new PriceSpec { Name = "local", Provider = "ollama", Model = "*", Free = true }).Find("ollama", "llama3", Autumn);
        var usage = new Usage { InputUncached = 1_000, OutputAudio = 5, SearchUnits = 1, ServiceTier = "turbo" };
        var cost = CostCalculator.Price(row, usage);
        Assert.Equal((Money.Zero, PriceState.Priced, "config/local"), (cost.Total, cost.State, cost.PriceRowId));
    }

    [Fact]
    public void The_version_of_an_override_changes_with_what_it_says_and_only_then()
    {
        var spec = new PriceSpec { Name = "a", Model = "m", Input = "1", ContextTiers = [new() { Above = 10, Input = "2" }] };
        string Version(PriceSpec s) => Book(s).Overrides[0].Row.BookVersion;
        Assert.Equal(Version(spec), Version(spec with { Name = "renamed" }));
        Assert.NotEqual(Version(spec), Version(spec with { Output = "1" }));
        Assert.NotEqual(Version(spec), Version(spec with { ContextTiers = [new() { Above = 11, Input = "2" }] }));
        Assert.NotEqual(Version(spec), Version(spec with { ServiceTiers = new Dictionary<string, PriceTierSpec> { ["flex"] = new() { Multiplier = "1/2" } } }));
    }

    private static PriceBook Book(params PriceSpec[] specs)
    {
        var (overrides, errors) = PriceSpecParser.Parse(specs);
        Assert.Empty(errors);
        return PriceBook.Embedded.With(overrides);
    }
}
