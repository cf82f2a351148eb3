using Weir.Core.Catalog;
using Weir.Core.Routing.Discovery;
using Weir.Core.Tests.Configuration;
using ProviderModels = Weir.Core.Routing.Discovery.ProviderModels;

namespace Weir.Core.Tests.Routing;

public sealed class DiscoveredModelsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_first_list_is_no_change_and_a_later_one_is_compared_with_it()
    {
        var first = List("a", "b").After(null);
        Assert.Null(first.LastChange);

        var second = List("b", "c").After(first);

        Assert.Equal(["c"], second.LastChange!.Appeared);
        Assert.Equal(["a"], second.LastChange.Disappeared);
        Assert.Same(second.LastChange, List("b", "c").After(second).LastChange);
    }

    [Fact]
    public void A_failure_forgets_neither_list_nor_change()
    {
        var known = List("b").After(List("a").After(null));

        var failed = new ProviderModels("p", At, [], "did not answer in time").After(known);

        Assert.Equal(["b"], failed.Models);
        Assert.Same(known.LastChange, failed.LastChange);
        Assert.Equal("did not answer in time", failed.Problem);
        Assert.Same(known.LastChange, List("b").After(failed).LastChange);
        Assert.Equal(["b"], List("c").After(failed).LastChange!.Disappeared);
    }

    [Fact]
    public void A_first_list_after_failures_is_no_change_either()
    {
        var failed = new ProviderModels("p", At, [], "answered 503").After(null);

        Assert.Null(List("a").After(failed).LastChange);
    }

    [Fact]
    public void A_list_that_became_empty_is_one_that_lost_everything()
    {
        var emptied = List().After(List("a"));

        Assert.Equal(["a"], emptied.LastChange!.Disappeared);
        Assert.Equal(["a"], List("a").After(emptied).LastChange!.Appeared);
    }

    [Fact]
    public void Offered_models_are_held_against_prices_catalogue_and_targets()
    {
        var snapshot = Kit.Good("""
            providers: [{name: openai, kind: openai, credential: {fromEnv: OPENAI_API_KEY}}]
            prices: [{name: p, provider: openai, model: priced-only, input: 1, output: 2}]
            models:
              - {name: ft-*, targets: [{provider: openai, model: "ft:acme:*"}]}
              - {name: main, targets: [{provider: openai, model: gpt-5}]}
            """);

        var offered = OfferedModels.Of(snapshot, ModelCatalog.Embedded, snapshot.Providers["openai"], ["gpt-5", "priced-only", "new-thing", "ft:acme:1", "ft:other:1"]);

        Assert.Equal(["new-thing", "ft:acme:1", "ft:other:1"], offered.Unpriced);
        Assert.Equal(["priced-only", "new-thing", "ft:acme:1", "ft:other:1"], offered.Unknown);
        Assert.Equal(["priced-only", "new-thing", "ft:other:1"], offered.Unserved);
    }

    private static ProviderModels List(params string[] models) => new("p", At, models, null);
}
