using Weir.Core.Routing;
using Weir.Core.Routing.Plans;

namespace Weir.Core.Tests.Routing.Plans;

public sealed class PlanNodeTests
{
    private readonly PlanKit _kit = new();

    private static ModelNode M(string name) => new(name);

    private static WeightedNode Weighted(params (long Weight, string Model)[] children) => new([.. children.Select(c => new WeightedPlan(c.Weight, M(c.Model)))]);

    [Fact]
    public void Weighted_children_come_first_in_proportion_and_all_others_follow()
    {
        var plan = Weighted((6, "a"), (3, "b"), (1, "c"), (0, "d"));
        var firsts = _kit.Firsts(plan, 10_000);
        Assert.InRange(firsts["a"], 5_800, 6_200);
        Assert.InRange(firsts["b"], 2_800, 3_200);
        Assert.InRange(firsts["c"], 850, 1_150);
        Assert.DoesNotContain("d", firsts.Keys);
        var (order, walk) = _kit.Order(plan);
        Assert.Equal(4, order.Count);
        Assert.Equal("d", order[3].Planned.Target.Provider.Name);
        Assert.Contains($"{order[0].Planned.Target.Name}: weight ", walk.Steps.Single().Choice, StringComparison.Ordinal);
        Assert.Contains(" of 10 (drew ", walk.Steps.Single().Choice, StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_place_is_drawn_among_the_rest()
    {
        var plan = Weighted((8, "a"), (3, "b"), (1, "c"));
        var seconds = Enumerable.Range(0, 4_000).Select(_ => _kit.Names(plan)).Where(n => n.StartsWith('a')).CountBy(n => n[2]).ToDictionary();
        Assert.InRange((double)seconds['b'] / (seconds['b'] + seconds['c']), 0.71, 0.79);
    }

    [Fact]
    public void The_share_of_a_child_that_rests_goes_to_the_others_in_proportion()
    {
        _kit.Rest("a");
        var plan = Weighted((6, "a"), (3, "b"), (1, "c"));
        var firsts = _kit.Firsts(plan, 4_000);
        Assert.InRange(firsts["b"], 2_900, 3_100);
        Assert.InRange(firsts["c"], 900, 1_100);
        Assert.EndsWith(" a", _kit.Names(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_tier_takes_calls_only_while_nothing_before_it_does()
    {
        var plan = new PriorityNode([new FallbackNode([M("a"), M("b")]), M("c"), M("d")]);
        Assert.Equal("a b", _kit.Names(plan));
        _kit.Rest("a");
        Assert.Equal("a b", _kit.Names(plan));
        _kit.Rest("b");
        var (order, walk) = _kit.Order(plan);
        Assert.Equal("c", order.Find(c => c.Availability.IsAvailable)!.Planned.Target.Provider.Name);
        Assert.Equal(3, order.Count);
        Assert.Equal("tier 2: nothing before it takes calls now", walk.Steps.Single().Choice);
        _kit.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("a b", _kit.Names(plan));
    }

    [Fact]
    public void A_fallback_names_every_child_and_a_target_only_once() =>
        Assert.Equal("b a c", _kit.Names(new FallbackNode([M("b"), M("a"), M("b"), M("c")])));

    [Fact]
    public void The_first_condition_that_holds_decides_and_no_other_branch_is_looked_at()
    {
        var plan = new ConditionalNode(
        [
            new ConditionalPlan(new Asked("x"), "request.model == 'x'", M("a")),
            new ConditionalPlan(new Asked("a"), "request.model == 'a'", M("b")),
            new ConditionalPlan(null, null, M("c")),
        ]);
        Assert.Equal("b", _kit.Names(plan));
        Assert.Equal("c", _kit.Names(plan, PlanKit.Call("b")));
        Assert.Equal("branch 2: request.model == 'a'", _kit.Order(plan).Walk.Steps.Single().Choice);
    }

    [Theory]
    [InlineData(SplitBy.Key)]
    [InlineData(SplitBy.Session)]
    [InlineData(SplitBy.User)]
    public void A_canary_takes_its_percentage_and_keeps_everybody_on_their_side_while_it_grows(SplitBy by)
    {
        RouteCall CallOf(int i) => by switch
        {
            SplitBy.Key => PlanKit.Call(key: i),
            SplitBy.Session => PlanKit.Call(affinity: new AffinityKeys { Session = (ulong)i }),
            _ => PlanKit.Call(user: $"user-{i}"),
        };
        SplitNode Split(double percent) => new("canary", percent, M("b"), M("a"), by);
        HashSet<int> On(double percent) => [.. Enumerable.Range(0, 4_000).Where(i => _kit.Names(Split(percent), CallOf(i)) == "b a")];

        var (five, twenty) = (On(5), On(20));
        Assert.InRange(five.Count, 150, 250);
        Assert.InRange(twenty.Count, 720, 880);
        Assert.ProperSuperset(five, twenty);
        Assert.Equal(five, On(5));
        Assert.Empty(On(0));
        Assert.Equal(4_000, On(100).Count);
        // Another canary does not choose the same callers.
        var other = Enumerable.Range(0, 4_000).Count(i => twenty.Contains(i) && _kit.Names(Split(20) with { Name = "other" }, CallOf(i)) == "b a");
        Assert.InRange(other, 100, 220);
    }

    [Fact]
    public void A_canary_by_request_draws_every_time() =>
        Assert.InRange(_kit.Firsts(new SplitNode("s", 30, M("b"), M("a"), SplitBy.Request), 4_000)["b"], 1_100, 1_300);

    [Fact]
    public void A_mirror_copies_its_percentage_and_changes_nothing_else()
    {
        var plan = new MirrorNode(25, M("c"), new FallbackNode([M("a"), M("b")]));
        var copied = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var (order, walk) = _kit.Order(plan);
            Assert.Equal(["a/m", "b/m"], order.Select(o => o.Planned.Target.Name));
            var copies = walk.TakeCopies();
            copied += copies.Count;
            Assert.All(copies, c => Assert.Equal("c/m", c.Target.Name));
        }
        Assert.InRange(copied, 900, 1_100);
    }

    [Fact]
    public void A_mirror_of_a_branch_that_does_not_answer_copies_nothing()
    {
        var mirror = new MirrorNode(100, M("c"), M("b"));
        Assert.Empty(_kit.Order(new FallbackNode([M("a"), mirror])).Walk.TakeCopies());
        Assert.Single(_kit.Order(new FallbackNode([mirror, M("a")])).Walk.TakeCopies());
        var weighted = new WeightedNode([new WeightedPlan(1, M("a")), new WeightedPlan(1, mirror)]);
        for (var i = 0; i < 50; i++)
        {
            var (order, walk) = _kit.Order(weighted);
            Assert.Equal(order[0].Planned.Target.Name == "b/m" ? 1 : 0, walk.TakeCopies().Count);
        }
        _kit.Rest("a");
        Assert.Single(_kit.Order(new FallbackNode([M("a"), mirror])).Walk.TakeCopies());
    }

    [Fact]
    public void A_copy_goes_only_where_a_target_takes_it_now()
    {
        _kit.Rest("c");
        var (_, walk) = _kit.Order(new MirrorNode(100, M("c"), M("a")));
        Assert.Empty(walk.TakeCopies());
        Assert.Equal("no copy: no target takes it now", walk.Steps.Single().Choice);
    }

    private sealed class Asked(string model) : IRouteMatch
    {
        public bool Matches(RouteCall call) => call.Asked == model;
    }
}
