using Weir.Core.Tests.Configuration;
using Weir.Core.Tests.Identity;

namespace Weir.Core.Tests.Routing;

public sealed class ModelListingTests
{
    private static List<string> Names(string yaml, params string[] grants)
    {
        var key = Keys.Make(1) with { Models = grants.Length == 0 ? ["*"] : grants };
        return [.. Kit.Good(yaml).Models.Listing.VisibleTo(key).Select(m => m.Name)];
    }

    private const string Anthropic = "providers: [{name: a, kind: anthropic, credential: {fromEnv: ANTHROPIC_API_KEY}}]\n";

    [Fact]
    public void A_pattern_is_shown_by_what_its_target_pattern_leads_to_under_the_entrys_own_spelling()
    {
        var names = Names(Anthropic + "models: [{name: 'fast/*', targets: [{provider: a, model: 'claude-haiku-*'}]}]");
        Assert.Contains("fast/4-5", names);
        Assert.All(names, n => Assert.StartsWith("fast/", n));
        Assert.DoesNotContain(names, n => n.Contains("sonnet", StringComparison.Ordinal));
    }

    [Fact]
    public void An_exact_entry_takes_its_name_and_a_longer_pattern_takes_its_own()
    {
        var names = Names(Anthropic + """
            models:
              - {name: claude-sonnet-4-5, targets: [{provider: a, model: claude-opus-4-5}]}
              - {name: 'claude-*', targets: [{provider: a, model: 'claude-*'}]}
              - {name: 'claude-opus-*', listed: false, targets: [{provider: a, model: 'claude-opus-*'}]}
            """);
        Assert.Single(names, "claude-sonnet-4-5");
        Assert.Contains("claude-haiku-4-5", names);
        Assert.DoesNotContain(names, n => n.StartsWith("claude-opus", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pattern_in_front_of_one_model_and_a_provider_without_a_list_show_nothing() =>
        Assert.Empty(Names(Anthropic.TrimEnd(']', '\n') + """
            , {name: mine, kind: openai-compatible, baseUrl: 'https://models.example.com/v1', credential: {fromEnv: OPENAI_API_KEY}}]
            models:
              - {name: 'any-*', targets: [{provider: a, model: claude-opus-4-5}]}
              - {name: 'mine/*', targets: [{provider: mine, model: '*'}]}
            """));

    [Fact]
    public void Models_are_spelt_as_their_provider_spells_them()
    {
        var names = Names("""
            providers: [{name: t, kind: together, credential: {fromEnv: OPENAI_API_KEY}, models: ['*']}]
            """);
        Assert.Contains(names, n => n.StartsWith("t/meta-llama/Llama-", StringComparison.Ordinal));
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}
