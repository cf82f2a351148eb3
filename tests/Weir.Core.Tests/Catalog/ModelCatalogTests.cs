using Weir.Core.Catalog;

namespace Weir.Core.Tests.Catalog;

public class ModelCatalogTests
{
    [Theory]
    [InlineData("anthropic", "claude-opus-4-8", 1_000_000, 128_000)]
    [InlineData("anthropic", "claude-sonnet-4-5-20250929", 200_000, 64_000)]
    [InlineData("openai", "gpt-5.4", 1_050_000, 128_000)]
    [InlineData("gemini", "models/gemini-2.5-pro", 1_048_576, 65_536)]
    [InlineData("ollama-cloud", "gpt-oss:120b", 131_072, 32_768)]
    public void Limits_are_known_also_where_prices_are_not(string provider, string model, int context, int output)
    {
        var facts = ModelCatalog.Embedded.Find(provider, model)!;
        Assert.Equal((context, output), (facts.ContextWindow!.Value, facts.MaxOutputTokens!.Value));
    }

    [Fact]
    public void Capabilities_are_what_the_maker_states()
    {
        var can = ModelCatalog.Embedded.Find("google", "gemini-2.5-flash")!.Capabilities!.Value;
        Assert.Equal(
            ModelCapabilities.Tools | ModelCapabilities.ImageInput | ModelCapabilities.AudioInput
            | ModelCapabilities.DocumentInput | ModelCapabilities.Reasoning | ModelCapabilities.StructuredOutput,
            can);
    }

    [Fact]
    public void What_no_source_says_is_null_and_not_none()
    {
        var facts = ModelCatalog.Embedded.Find("anthropic", "claude-opus-5")!;
        Assert.Equal((1_000_000, null, null), (facts.ContextWindow, facts.MaxOutputTokens, facts.Capabilities));
        Assert.Null(ModelCatalog.Embedded.Find("openai", "gpt-99"));
        Assert.Null(ModelCatalog.Embedded.Find("nobody", "gpt-4o"));
    }

    [Fact]
    public void A_reseller_borrows_the_makers_facts() =>
        Assert.Equal("openai", ModelCatalog.Embedded.Find("azure", "gpt-4o-2024-11-20")!.Provider);
}
