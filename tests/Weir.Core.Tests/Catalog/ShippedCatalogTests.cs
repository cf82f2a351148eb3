using System.Security.Cryptography;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Metering;
using Xunit;

namespace Weir.Core.Tests.Catalog;

public class ShippedCatalogTests
{
    private static readonly DateTimeOffset Autumn = new(2026, 9, 15, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_version_holds_the_hash_of_the_content_so_nobody_edits_it_by_hand()
    {
        using var reader = new StreamReader(CatalogData.OpenResource());
        var text = reader.ReadToEnd();
        var body = text[(text.IndexOf("\"providers\":[\n", StringComparison.Ordinal) + 14)..^"\n]}\n".Length];
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..12];
        Assert.EndsWith("+" + hash, PriceBook.Embedded.Version, StringComparison.Ordinal);
    }

    [Fact]
    public void It_names_its_sources_and_their_licence()
    {
        Assert.Equal(["pydantic/genai-prices", "anomalyco/models.dev"], PriceBook.Embedded.Sources.Select(s => s.Name));
        Assert.All(PriceBook.Embedded.Sources, s => Assert.Equal("MIT", s.Licence));
    }

    [Fact]
    public void It_is_complete_enough_and_small_enough()
    {
        Assert.InRange(PriceBook.Embedded.RowCount, 1_300, 5_000);
        Assert.InRange(PriceBook.Embedded.Models.Count, 800, 5_000);
        using var stream = CatalogData.OpenResource();
        Assert.True(stream.Length < 400_000);
    }

    [Theory]
    [InlineData("alibaba")]
    [InlineData("anthropic")]
    [InlineData("azure")]
    [InlineData("baseten")]
    [InlineData("bedrock")]
    [InlineData("deepinfra")]
    [InlineData("huggingface")]
    [InlineData("nebius")]
    [InlineData("novita")]
    [InlineData("ovhcloud")]
    [InlineData("scaleway")]
    [InlineData("siliconflow")]
    [InlineData("cerebras")]
    [InlineData("cohere")]
    [InlineData("deepseek")]
    [InlineData("fireworks")]
    [InlineData("google")]
    [InlineData("groq")]
    [InlineData("minimax")]
    [InlineData("mistral")]
    [InlineData("moonshot")]
    [InlineData("openai")]
    [InlineData("openrouter")]
    [InlineData("perplexity")]
    [InlineData("together")]
    [InlineData("voyage")]
    [InlineData("xai")]
    [InlineData("zai")]
    [InlineData("zhipu")]
    public void Every_provider_has_prices(string provider) =>
        Assert.True(CatalogData.Embedded.Provider(provider)!.All.Any(m => m.Rows.Length > 0));

    [Fact]
    public void Every_row_prices_a_plain_call_above_zero_unless_it_says_free()
    {
        var free = new List<string>();
        foreach (var provider in CatalogData.Embedded.Providers)
            foreach (var facts in Names(provider.Id))
                if (PriceBook.Embedded.Find(provider.Id, facts, Autumn) is { } row
                    && CostCalculator.Price(row, new Usage { InputUncached = 1_000, OutputVisible = 1_000, Images = 1, AudioSeconds = 60, Characters = 1_000 }).Total == Money.Zero)
                    free.Add(facts);
        Assert.All(free, id => Assert.True(
            id.EndsWith(":free", StringComparison.Ordinal) || id.EndsWith("/free", StringComparison.Ordinal)
            || id is "moderation" or "glm-4.5-flash" or "glm-4.7-flash", id));
        Assert.NotEmpty(free);
    }

    [Fact]
    public void Looking_up_a_model_reads_only_its_providers_list()
    {
        // A clock would measure the machine; that the rest stays unread is what keeps start-up short.
        var data = CatalogData.Read();
        Assert.DoesNotContain(data.Providers, p => p.IsIndexed);
        Assert.NotEmpty(CatalogLookup.Find(data, "openai", "gpt-5.4", e => e.Rows.Length > 0).Entries);
        Assert.Equal(["openai"], data.Providers.Where(p => p.IsIndexed).Select(p => p.Id));
    }

    private static List<string> Names(string provider)
    {
        using var document = System.Text.Json.JsonDocument.Parse(CatalogData.OpenResource());
        var entry = document.RootElement.GetProperty("providers").EnumerateArray().First(p => p.GetProperty("id").GetString() == provider);
        return entry.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("id").GetString()!).ToList();
    }
}
