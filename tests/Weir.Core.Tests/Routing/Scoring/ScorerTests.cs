using Weir.Core.Routing;
using Weir.Core.Routing.Plans;
using Weir.Core.Routing.Scoring;

namespace Weir.Core.Tests.Routing.Scoring;

public sealed class ScorerTests
{
    private const string Prices = """
          - {name: good, targets: [{provider: d, model: x, quality: {default: 0.6, coding: 0.9}, region: eu-west-1}]}
        prices:
          - {name: a, provider: a, model: "*", input: 1.00, cacheRead: 0.10, output: 4.00, contextTiers: [{above: 1000, input: 2.00, output: 8.00}]}
          - {name: b, provider: b, model: "*", input: 2.00, output: 2.00}
        """;

    private readonly PlanKit _kit = new(Prices);

    private double? Measure(IScorer scorer, string model, RouteCall? call = null)
    {
        var walk = _kit.Walk(call);
        var candidates = new List<Candidate>();
        new ModelNode(model).Order(walk, candidates);
        return scorer.Measure(new ScoringCall(walk, candidates, ChoiceAffinity.None), candidates[0]);
    }

    [Fact]
    public void Cost_is_prompt_and_answer_by_the_price_in_force_in_micro_dollars()
    {
        _kit.Answered("a", input: 100, output: 50);
        // 100 x 1 + 50 x 4 micro-dollars; above a thousand tokens of prompt the next tier for all of them.
        Assert.Equal(300, Measure(new CostScorer(), "a"));
        Assert.Equal((2_000 * 2) + (50 * 8), Measure(new CostScorer(), "a", PlanKit.Call(inputTokens: 2_000)));
    }

    [Fact]
    public void Cost_counts_on_the_cache_hit_rate_seen()
    {
        _kit.Answered("a", input: 1_000, cacheRead: 800, output: 50);
        Assert.Equal((20 * 1.0) + (80 * 0.1) + (50 * 4), Measure(new CostScorer(), "a")!.Value, 6);
    }

    [Fact]
    public void Cost_of_a_target_without_a_price_is_not_known() => Assert.Null(Measure(new CostScorer(), "c"));

    [Fact]
    public void An_answer_of_which_nothing_is_known_is_as_long_as_those_of_the_others()
    {
        _kit.Answered("a", output: 40);
        var walk = _kit.Walk();
        var candidates = new List<Candidate>();
        new FallbackNode([new ModelNode("a"), new ModelNode("b")]).Order(walk, candidates);
        var call = new ScoringCall(walk, candidates, ChoiceAffinity.None);
        Assert.Equal(40, call.OutputOf(candidates[1]));
        Assert.Equal((100 * 2) + (40 * 2), new CostScorer().Measure(call, candidates[1]));
    }

    [Fact]
    public void Latency_is_time_to_first_token_and_pace_times_the_answer_expected_in_milliseconds()
    {
        Assert.Null(Measure(new LatencyScorer(), "a"));
        _kit.Answered("a", firstToken: 0.5, perToken: 0.01, output: 101);
        Assert.Equal(1_500, Measure(new LatencyScorer(), "a")!.Value, 3);
        // Another size of prompt has nothing of its own yet.
        Assert.Equal(1_500, Measure(new LatencyScorer(), "a", PlanKit.Call(inputTokens: 20_000))!.Value, 3);
        _kit.Answered("a", firstToken: 4, perToken: 0.01, input: 20_000, output: 101);
        Assert.InRange(Measure(new LatencyScorer(), "a", PlanKit.Call(inputTokens: 20_000))!.Value, 4_900, 5_100);
        Assert.Equal(1_500, Measure(new LatencyScorer(), "a")!.Value, 3);
    }

    [Fact]
    public void Latency_rises_at_once_with_a_slow_answer_and_sinks_slowly()
    {
        for (var i = 0; i < 50; i++)
            _kit.Answered("a", firstToken: 0.5, perToken: 0, output: 10);
        _kit.Answered("a", firstToken: 5, perToken: 0, output: 10);
        var after = Measure(new LatencyScorer(), "a")!.Value;
        Assert.InRange(after, 2_500, 3_000);
        _kit.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.InRange(Measure(new LatencyScorer(), "a")!.Value, 1_400, after - 800);
    }

    [Fact]
    public void Quality_is_that_of_the_intent_or_the_default()
    {
        Assert.Equal(0.6, Measure(new QualityScorer(), "good"));
        Assert.Equal(0.9, Measure(new QualityScorer(), "good", PlanKit.Call(content: new ContentSignals { Intent = "coding" })));
        Assert.Null(Measure(new QualityScorer(), "a"));
    }

    [Theory]
    [InlineData("eu-west-1", "eu-west-1", 0.0)]
    [InlineData("eu", "eu-west-1", 1.0)]
    [InlineData("westeurope", "eu-central-1", 1.0)]
    [InlineData("swedencentral", "europe-west4", 1.0)]
    [InlineData("eastus2", "us-east-1", 1.0)]
    [InlineData("canadacentral", "us-central1", 1.0)]
    [InlineData("australiaeast", "asia-northeast1", 1.0)]
    [InlineData("us-east-1", "eu-west-1", 2.0)]
    [InlineData("southeastasia", "eastus", 2.0)]
    [InlineData("on-premises", "on-premises", 0.0)]
    [InlineData("mars", "eu-west-1", 2.0)]
    [InlineData(null, "eu-west-1", null)]
    [InlineData("eu-west-1", null, null)]
    public void Regions_are_near_far_or_unknown(string? caller, string? target, double? distance) => Assert.Equal(distance, RegionScorer.Distance(caller, target));
}
