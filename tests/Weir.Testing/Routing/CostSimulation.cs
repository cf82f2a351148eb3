using Weir.Core.Canon;
using Weir.Core.Metering;
using Weir.Core.Routing;

namespace Weir.Testing.Routing;

/// <summary>
/// Calls of all sizes over four targets whose prices cross: cheap prompts with dear answers, the reverse, a step up for
/// long prompts, and one that is cheap by the token and talks a lot. The optimum knows how long each target's answer to each
/// call would be; the router knows what answers it has seen.
/// </summary>
public static class CostSimulation
{
    private const string Configuration = """
        models:
          - name: m
            by: cost
            targets: [{provider: a, model: m}, {provider: b, model: m}, {provider: c, model: m}, {provider: d, model: m}]
        prices:
          - {name: a, provider: a, model: "*", input: 0.50, output: 6.00}
          - {name: b, provider: b, model: "*", input: 2.00, output: 3.00}
          - {name: c, provider: c, model: "*", input: 0.40, output: 5.00, contextTiers: [{above: 16000, input: 1.60, output: 9.00}]}
          - {name: d, provider: d, model: "*", input: 0.80, output: 2.20}
        """;

    private static readonly Dictionary<string, double> Talk = new() { ["a"] = 1, ["b"] = 0.9, ["c"] = 1.1, ["d"] = 2.6 };

    public static SimulationResult Run(int calls, ulong seed)
    {
        using var world = new SimulatedWorld(Configuration, Talk.Keys, seed);
        var random = new SimulatedRandom(seed);
        var targets = world.Snapshot.Models.All[0].Targets;
        var (routed, best, blind) = (0.0, 0.0, 0.0);
        for (var i = 0; i < calls; i++)
        {
            world.Pass(random.Exponential(0.1));
            // Extracting from long documents gives short answers; short questions give long ones.
            var input = (long)Math.Exp(random.Uniform(Math.Log(50), Math.Log(60_000)));
            var length = (input > 8_000 ? 150 : 600) * random.Noise(0.4);
            var costs = targets.Select(t => Cost(t, input, length)).ToArray();
            var call = world.Call("m", input);
            var taken = world.Send(call, t => new SimulatedAnswer(0.4, 0.01, input, 0, Output(t, length)));
            routed += costs[targets.ToList().FindIndex(t => t.Name == taken.Name)];
            best += costs.Min();
            blind += costs[i % costs.Length];
        }
        return new SimulationResult(calls, routed, best, blind);

        double Cost(Target target, long input, double length) =>
            CostCalculator.Price(target.Prices.At(world.Clock.GetUtcNow()), new Usage { InputUncached = input, OutputVisible = Output(target, length) }).Total.Picos / 1e12;
    }

    private static long Output(Target target, double length) => Math.Max(1, (long)(length * Talk[target.Provider.Name]));
}
