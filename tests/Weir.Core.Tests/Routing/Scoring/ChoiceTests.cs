using Weir.Core.Routing;
using Weir.Core.Routing.Plans;

namespace Weir.Core.Tests.Routing.Scoring;

public sealed class ChoiceTests
{
    private const string Models = """
          - {name: near, targets: [{provider: a, model: n, region: eu-west-1, quality: {default: 0.7}}]}
          - {name: far, targets: [{provider: b, model: n, region: us-east-1, quality: {default: 0.9}}]}
          - {name: by-weight, by: weighted, targets: [{provider: a, model: m, weight: 3}, {provider: b, model: m}]}
          - {name: by-cost, by: cost, targets: [{provider: b, model: m}, {provider: a, model: m}]}
        prices:
          - {name: a, provider: a, model: "*", input: 1.00, cacheRead: 0.10, output: 4.00}
          - {name: b, provider: b, model: "*", input: 1.50, cacheRead: 0.15, output: 6.00}
          - {name: c, provider: c, model: "*", input: 1.00, cacheRead: 0.10, output: 4.00}
        """;

    private readonly PlanKit _kit = new(Models);

    private static ChoiceNode Choice(ChoiceBy by, string among, ChoiceAffinity affinity = ChoiceAffinity.None, double explore = 0, ChoiceWeights? weights = null) => new()
    {
        Among = [.. among.Split(' ').Select(m => new ModelNode(m))],
        By = by,
        Weights = weights ?? ChoiceWeights.For(by),
        Affinity = affinity,
        Explore = explore,
    };

    [Fact]
    public void The_cheapest_comes_first_and_the_score_says_why()
    {
        var (order, walk) = _kit.Order(Choice(ChoiceBy.Cost, "b a"));
        Assert.Equal("a/m", order[0].Planned.Target.Name);
        var part = Assert.Single(order[0].Planned.Score!.Parts);
        Assert.Equal(("cost", 100 + (500 * 4)), (part.Scorer, part.Value));
        Assert.Equal(2.0 / 3, order[0].Planned.Score!.Total, 6);
        Assert.Equal(1, order[1].Planned.Score!.Total, 6);
        Assert.Equal("by cost: a/m (0.667) before b/m (1.000)", walk.Steps.Single().Choice);
    }

    [Fact]
    public void Places_as_cheap_as_each_other_share_the_calls_and_the_busier_gets_fewer()
    {
        var plan = Choice(ChoiceBy.Cost, "a c");
        for (var i = 0; i < 5; i++)
            _kit.State("a").TryEnter(_kit.Time.GetUtcNow());
        Assert.Equal(new Dictionary<string, int> { ["c"] = 50 }, _kit.Firsts(plan, 50));
    }

    [Fact]
    public void A_target_without_a_price_comes_last() => Assert.Equal("a b d", _kit.Names(Choice(ChoiceBy.Cost, "d b a")));

    [Fact]
    public void The_best_by_quality_comes_first_and_weights_decide_what_that_is_worth()
    {
        Assert.Equal("b a", _kit.Names(Choice(ChoiceBy.Quality, "near far")));
        // A third dearer, and two ninths worse.
        Assert.Equal("b a", _kit.Names(Choice(ChoiceBy.Balanced, "near far", weights: new ChoiceWeights(1, 0, 2))));
        Assert.Equal("a b", _kit.Names(Choice(ChoiceBy.Balanced, "near far", weights: new ChoiceWeights(1, 0, 1))));
    }

    [Fact]
    public void Distance_decides_between_equals()
    {
        Assert.Equal("a b", _kit.Names(Choice(ChoiceBy.Latency, "far near"), PlanKit.Call(region: "eu-central-1")));
        Assert.Equal("b a", _kit.Names(Choice(ChoiceBy.Latency, "near far"), PlanKit.Call(region: "us-west-2")));
    }

    [Fact]
    public void What_rests_comes_last_whatever_its_score()
    {
        _kit.Rest("a");
        Assert.Equal("b a", _kit.Names(Choice(ChoiceBy.Cost, "a b")));
    }

    [Fact]
    public void A_target_of_which_nothing_is_known_is_tried_and_then_known()
    {
        _kit.Answered("a", firstToken: 0.5);
        Assert.Contains("b", _kit.Firsts(Choice(ChoiceBy.Latency, "a b"), 50).Keys);
        _kit.Answered("b", firstToken: 3);
        Assert.Equal(new Dictionary<string, int> { ["a"] = 50 }, _kit.Firsts(Choice(ChoiceBy.Latency, "a b"), 50));
    }

    [Fact]
    public void A_share_of_the_calls_learns_of_a_target_nobody_asked_for_long()
    {
        _kit.Answered("b", firstToken: 3);
        _kit.Time.Advance(TimeSpan.FromMinutes(5));
        for (var i = 0; i < 5; i++)
            _kit.Answered("a", firstToken: 0.5);
        var firsts = _kit.Firsts(Choice(ChoiceBy.Latency, "a b", explore: 0.1), 2_000);
        Assert.InRange(firsts["b"], 150, 250);
        for (var i = 0; i < 5; i++)
            _kit.Answered("b", firstToken: 3);
        Assert.Equal(new Dictionary<string, int> { ["a"] = 200 }, _kit.Firsts(Choice(ChoiceBy.Latency, "a b", explore: 0.1), 200));
    }

    [Fact]
    public void A_models_own_targets_are_ordered_by_what_its_entry_says()
    {
        Assert.InRange(_kit.Firsts(new ModelNode("by-weight"), 4_000)["a"], 2_900, 3_100);
        var (order, walk) = _kit.Order(new ModelNode("by-cost"));
        Assert.Equal(["a/m", "b/m"], order.Select(c => c.Planned.Target.Name));
        Assert.StartsWith("by-cost by cost: a/m", walk.Steps.Single().Choice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mirror_among_the_choices_copies_only_when_it_is_chosen()
    {
        MirrorNode Mirror(string of) => new(100, new ModelNode("c"), new ModelNode(of));
        ChoiceNode Among(string of, string other) => Choice(ChoiceBy.Cost, "a") with { Among = [Mirror(of), new ModelNode(other)] };
        Assert.Single(_kit.Order(Among("a", "b")).Walk.TakeCopies());
        Assert.Empty(_kit.Order(Among("b", "a")).Walk.TakeCopies());
    }

    [Fact]
    public void A_warm_cache_holds_the_call_until_another_target_saves_more_than_it_is_worth()
    {
        var session = new AffinityKeys { Session = 5 };
        var plan = Choice(ChoiceBy.Cost, "a b", ChoiceAffinity.Session);
        _kit.Answered("a", output: 10);
        _kit.Answered("b", output: 10);
        RouteCall Call(long tokens) => PlanKit.Call(affinity: session, inputTokens: tokens);
        Assert.Equal("a b", _kit.Names(plan, Call(1_000)));

        // b has 1,000 tokens, which saves 1,350 micro-dollars there; without it b is dearer by 500 + 20.
        var (_, walk) = _kit.Order(plan, Call(1_000));
        walk.Trail!.Learn(_kit.Warmth, "b/m", 1_000, 0);
        var (held, noted) = _kit.Order(plan, Call(1_000));
        Assert.Equal("b/m", held[0].Planned.Target.Name);
        Assert.Equal(("cache", 1_350), (held[0].Planned.Score!.Parts[^1].Scorer, held[0].Planned.Score!.Parts[^1].Value));
        Assert.EndsWith(", which has 1,000 tokens of the prompt in its cache", noted.Steps.Single().Choice, StringComparison.Ordinal);

        // The longer the prompt grows beyond what is cached, the more a saves: 1,350 is outweighed from 2,660 tokens on.
        Assert.Equal("b a", _kit.Names(plan, Call(2_600)));
        Assert.Equal("a b", _kit.Names(plan, Call(2_700)));
        // Providers forget, and so does the table.
        _kit.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("a b", _kit.Names(plan, Call(1_000)));
    }

    [Fact]
    public void While_nobody_has_the_prompt_calls_that_begin_alike_meet_at_one_of_the_equals()
    {
        var plan = Choice(ChoiceBy.Cost, "a c", ChoiceAffinity.Session);
        RouteCall Call(int i) => PlanKit.Call(affinity: new AffinityKeys { Session = (ulong)i });
        for (var i = 0; i < 20; i++)
            Assert.Single(_kit.Firsts(plan, 5, _ => Call(i)));
        Assert.InRange(_kit.Firsts(plan, 1_000, Call)["a"], 400, 600);
    }
}
