using Weir.Core.Routing;
using Weir.Core.Routing.Matching;

namespace Weir.Core.Tests.Routing;

/// <summary>The index finds exactly what a walk through all routes finds.</summary>
public sealed class RouteTableTests
{
    private static readonly string[] Models = ["gpt-4o", "gpt-4o-mini", "gpt-5", "claude-haiku", "claude-sonnet", "a", ""];
    private static readonly string[] Patterns = ["gpt-*", "gpt-4*", "gpt-4o*", "claude-*", "c*", "*", "zzz*"];
    private static readonly string[] Words = ["one", "two", "three", "four"];
    private static readonly string[] LabelNames = [.. Enumerable.Range(0, 12).Select(i => $"l{i}")];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    public void As_if_every_route_were_asked_in_order(int count)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var routes = Enumerable.Range(0, count).Select(i => new ModelRoute { Name = $"r{i}", Order = i, Match = Match(random) }).ToList();
            var table = new RouteTable(routes);
            for (var i = 0; i < 50; i++)
            {
                var call = RouteKit.Call(Pick(random, Models), Pick(random, Words), random.Next(2) == 0 ? null : Pick(random, Words), Pick(random, Words),
                    LabelNames.Where(_ => random.Next(3) == 0).ToDictionary(l => l, _ => Pick(random, Words)));
                Assert.Equal(routes.Find(r => r.Match.Matches(call))?.Name, table.Match(call)?.Name);
            }
        }
    }

    [Fact]
    public void Only_routes_that_share_a_literal_with_the_call_are_asked()
    {
        var asked = 0;
        var routes = Enumerable.Range(0, 10_000).Select(i => new ModelRoute
        {
            Name = $"r{i}",
            Order = i,
            Match = new RouteMatch([new CallerMatch(AnchorKind.Tenant, ["default"]), new AskedModelMatch([$"m{i}", $"n{i}"]), new Counting(() => asked++)]),
        });
        var table = new RouteTable([.. routes]);
        Assert.Equal("r7000", table.Match(RouteKit.Call("n7000"))?.Name);
        Assert.Equal(1, asked);
    }

    [Fact]
    public void Matching_allocates_nothing()
    {
        var routes = Enumerable.Range(0, 2000).Select(i => new ModelRoute { Name = $"r{i}", Order = i, Match = Match(new Random(i)) }).ToList();
        var table = new RouteTable(routes);
        var calls = Enumerable.Range(0, 20).Select(i => RouteKit.Call(Models[i % 6], Words[i % 4], labels: new Dictionary<string, string> { ["l1"] = Words[i % 3] })).ToList();
        foreach (var call in calls)
            table.Match(call);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var call in calls)
            table.Match(call);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static RouteMatch Match(Random random)
    {
        var conditions = new List<IRouteMatch>();
        if (random.Next(2) == 0)
            conditions.Add(new AskedModelMatch([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, random.Next(2) == 0 ? Models : Patterns))]));
        if (random.Next(4) == 0)
            conditions.Add(new CallerMatch(AnchorKind.Tenant, [Pick(random, Words), Pick(random, Words)]));
        if (random.Next(6) == 0)
            conditions.Add(new CallerMatch(AnchorKind.Team, [Pick(random, Words)]));
        if (random.Next(6) == 0)
            conditions.Add(new CallerMatch(AnchorKind.Key, [Pick(random, Words), "key_0000000000000001"]));
        for (var i = random.Next(3); i > 0; i--)
            conditions.Add(new LabelMatch(Pick(random, LabelNames), [Pick(random, Words)]));
        // Now and then one that matches much, more often none at all.
        return random.Next(40) == 0 ? new RouteMatch([]) : conditions.Count == 0 ? new RouteMatch([new Never()]) : new RouteMatch(conditions);
    }

    private static string Pick(Random random, string[] words) => words[random.Next(words.Length)];

    private sealed class Never : IRouteMatch
    {
        public bool Matches(RouteCall call) => false;
    }

    private sealed class Counting(Action count) : IRouteMatch
    {
        public bool Matches(RouteCall call)
        {
            count();
            return true;
        }
    }
}
