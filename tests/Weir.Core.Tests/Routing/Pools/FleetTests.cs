using Weir.Testing.Fleet;
using Xunit;

namespace Weir.Core.Tests.Routing.Pools;

/// <summary>The simulation of <c>bench/Weir.Benchmarks -- pools</c>, in small: deterministic, no clock, no network.</summary>
public sealed class FleetTests
{
    private const int Engines = 4;
    private static readonly EngineFigures Figures = new();

    [Fact]
    public void At_80_percent_load_prompts_with_shared_beginnings_are_answered_at_least_twice_as_soon_as_by_round_robin()
    {
        var (pool, roundRobin) = Run(rate => FleetWorkloads.SharedPrefix(1_500, rate, 1, prefixes: 24));

        Assert.True(pool.Mean <= 0.5 * roundRobin.Mean, $"{pool} against {roundRobin}");
        Assert.True(pool.HitRate > roundRobin.HitRate + 0.2, $"{pool} against {roundRobin}");
    }

    [Fact]
    public void At_80_percent_load_prompts_that_share_nothing_are_answered_no_later_than_by_round_robin()
    {
        var (pool, roundRobin) = Run(rate => FleetWorkloads.NothingShared(1_500, rate, 1));

        Assert.Equal(0, pool.HitRate);
        Assert.True(pool.Mean <= roundRobin.Mean, $"{pool} against {roundRobin}");
    }

    [Fact]
    public void The_same_seed_gives_the_same_result()
    {
        var workload = FleetWorkloads.SharedPrefix(300, 10, 5);

        Assert.Equal(
            FleetSimulation.Run(Engines, Figures, workload, new PoolBalancer(Engines, Figures, prefix: true, 7)),
            FleetSimulation.Run(Engines, Figures, workload, new PoolBalancer(Engines, Figures, prefix: true, 7)));
    }

    [Fact]
    public void An_idle_engine_answers_a_prompt_in_the_time_its_tokens_take_and_a_known_one_sooner()
    {
        FleetRequest[] workload = [new(0, [1, 2, 3, 4], 2), new(60, [1, 2, 3, 4], 2)];

        var result = FleetSimulation.Run(1, Figures, workload, new RoundRobin(1));

        Assert.Equal(Figures.Step + (512 * Figures.PrefillToken), result.P99, 9);
        Assert.Equal(0.5, result.HitRate);
        Assert.Equal((result.P99 + Figures.Step + Figures.PrefillToken) / 2, result.Mean, 9);
    }

    private static (FleetResult Pool, FleetResult RoundRobin) Run(Func<double, IReadOnlyList<FleetRequest>> workload)
    {
        var requests = workload(0.8 * FleetWorkloads.RoundRobinCapacity(Engines, Figures, workload));
        return (FleetSimulation.Run(Engines, Figures, requests, new PoolBalancer(Engines, Figures, prefix: true, 7)),
            FleetSimulation.Run(Engines, Figures, requests, new RoundRobin(Engines)));
    }
}
