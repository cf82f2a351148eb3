using Weir.Testing.Routing;

namespace Weir.Core.Tests.Routing.Scoring;

/// <summary>The simulations of the routing benchmark, smaller and with room in their bounds.</summary>
public sealed class RoutingSimulationTests(ITestOutputHelper output)
{
    [Theory, InlineData(1UL), InlineData(2UL), InlineData(4UL)]
    public void By_cost_is_within_three_percent_of_the_offline_optimum(ulong seed)
    {
        var result = CostSimulation.Run(20_000, seed);
        output.WriteLine($"{result} {result.Ratio}");
        Assert.InRange(result.Ratio, 1, 1.03);
        Assert.True(result.Blind > 1.2 * result.Routed, "the targets differ too little for a choice");
    }

    [Theory, InlineData(1UL), InlineData(2UL), InlineData(3UL), InlineData(4UL), InlineData(5UL)]
    public void By_latency_is_within_ten_percent_of_the_offline_optimum(ulong seed)
    {
        var result = LatencySimulation.Run(20_000, seed);
        output.WriteLine($"{result} {result.Ratio}");
        Assert.InRange(result.Ratio, 1, 1.10);
        Assert.True(result.Blind > 1.3 * result.Routed, "the targets differ too little for a choice");
    }

    [Theory, InlineData("session"), InlineData("prompt")]
    public void Affinity_keeps_conversations_where_their_cache_is(string affinity)
    {
        var (kept, scattered) = (AffinitySimulation.Run(affinity, 300, 3), AffinitySimulation.Run("spread", 300, 3));
        output.WriteLine($"{kept} {kept.Ratio} {scattered} {scattered.Ratio}");
        Assert.InRange(kept.Ratio, 1, 1.05);
        Assert.True(scattered.Routed > 1.5 * kept.Routed);
    }

    [Theory, InlineData("order"), InlineData("weighted"), InlineData("cost"), InlineData("latency")]
    public void A_dead_target_gets_less_than_a_hundredth_of_the_calls_after_a_second(string by)
    {
        var share = DeadTargetSimulation.Run(by, seconds: 120, callsPerSecond: 50, seed: 1);
        output.WriteLine($"{by}: {share:P2}");
        Assert.InRange(share, 0, 0.01);
    }
}
