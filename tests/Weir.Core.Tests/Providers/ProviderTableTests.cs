using Weir.Core.Dialects;
using Weir.Core.Providers;

namespace Weir.Core.Tests.Providers;

public sealed class ProviderTableTests
{
    [Fact]
    public void Every_row_is_complete_and_distinct()
    {
        var kinds = ProviderTable.Embedded.Kinds;
        Assert.Equal(kinds.Count, kinds.Select(k => k.Name).Distinct().Count());
        Assert.All(kinds, k =>
        {
            Assert.NotEmpty(k.Dialects);
            Assert.All(k.Dialects.Keys, d => Assert.Contains(d, ProviderTable.DialectNames));
            Assert.NotEmpty(k.DisplayName);
            Assert.NotEmpty(k.PriceProvider);
            Assert.NotEmpty(k.TelemetryName);
            Assert.All(k.Dialects.Values.Append(k.BaseUrl).OfType<Uri>().Where(u => u.IsAbsoluteUri), u =>
            {
                Assert.True(u.IsAbsoluteUri && !u.OriginalString.EndsWith('/'), u.OriginalString);
                Assert.True(u.Scheme == "https" || k.AllowPrivateNetwork, u.OriginalString);
            });
            // A hosted provider can be used without naming its address, and needs a key.
            Assert.True(k.CredentialOptional || k.BaseUrlIn("region", "project") is not null || k.Name is "azure-openai-v1" or "azure-openai", k.Name);
        });
    }

    [Fact]
    public void Plain_names_and_variables_lead_to_one_provider_only()
    {
        var names = ProviderTable.Embedded.Kinds.SelectMany(k => k.PlainNames).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        var variables = ProviderTable.Embedded.Kinds.SelectMany(k => k.Environment).ToList();
        Assert.Equal(variables.Count, variables.Distinct().Count());
    }

    [Fact]
    public void An_address_of_a_dialect_may_stand_beside_the_kinds_own()
    {
        var ollama = ProviderTable.Embedded.Find("ollama")!;
        Assert.Equal("..", ollama.Dialects["ollama-chat"]!.OriginalString);
        Assert.Null(ollama.Dialects["openai-chat"]);
        Assert.Equal("2024-10-21", ProviderTable.Embedded.Find("azure-openai")!.Query["api-version"]);
    }

    [Fact]
    public void Observed_departures_are_in_the_table()
    {
        UpstreamQuirks Of(string kind) => ProviderTable.Embedded.Find(kind)!.Quirks;
        Assert.Equal("any", Of("mistral").RequiredToolChoiceWord);
        Assert.True(Of("xai").ReasoningOutsideCompletion);
        Assert.True(Of("gemini").ReasoningOutsideCompletion);
        Assert.True(Of("deepseek").DeepSeekCacheCounters);
        Assert.True(Of("openai").UsesMaxCompletionTokens);
        Assert.Equal(UpstreamQuirks.None, Of("groq"));
        Assert.Equal("2023-06-01", ProviderTable.Embedded.Find("anthropic")!.Headers["Anthropic-Version"]);
        Assert.Equal(AuthScheme.XApiKey, ProviderTable.Embedded.Find("anthropic")!.Auth);
    }

    [Theory]
    [InlineData("""{"kinds":[{"name":"x","displayName":"X","auth":"bearer","dialects":{"openai-chat":null},"quirks":{"nope":true},"priceProvider":"x","telemetryName":"x"}]}""")]
    [InlineData("""{"kinds":[{"name":"x","displayName":"X","auth":"magic","dialects":{"openai-chat":null},"priceProvider":"x","telemetryName":"x"}]}""")]
    [InlineData("""{"kinds":[{"name":"x","displayName":"X","auth":"bearer","dialects":{"smoke-signals":null},"priceProvider":"x","telemetryName":"x"}]}""")]
    public void A_row_that_says_something_unknown_is_refused(string json) =>
        Assert.Contains("x: unknown", Assert.Throws<FormatException>(() => ProviderTable.Parse(System.Text.Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);
}
