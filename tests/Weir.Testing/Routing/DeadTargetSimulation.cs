namespace Weir.Testing.Routing;

/// <summary>Three targets, of which the first is dead from the tenth second on: its calls fail after 50 milliseconds.</summary>
public static class DeadTargetSimulation
{
    private const double Death = 10;

    /// <summary>Share of the calls that still went to the dead target from a second after its death to the end.</summary>
    /// <param name="by">How the model's targets are ordered.</param>
    /// <param name="seconds">How long it is watched.</param>
    /// <param name="callsPerSecond">On average.</param>
    /// <param name="seed">Of everything.</param>
    public static double Run(string by, double seconds, double callsPerSecond, ulong seed)
    {
        using var world = new SimulatedWorld($$"""
            models:
              - {name: m, by: {{by}}, targets: [{provider: a, model: m}, {provider: b, model: m}, {provider: c, model: m}]}
            prices: [{name: p, provider: "*", model: "*", input: 1, output: 2}]
            """, ["a", "b", "c"], seed);
        var random = new SimulatedRandom(seed);
        var (calls, dead) = (0, 0);
        while (world.Seconds < Death + 1 + seconds)
        {
            world.Pass(random.Exponential(1 / callsPerSecond));
            var target = world.Send(world.Call("m", 500), t => t.Provider.Name == "a" && world.Seconds > Death
                ? new SimulatedAnswer(0.05, 0, 500, 0, 0) { Fails = true }
                : new SimulatedAnswer(0.3 * random.Noise(0.2), 0.01, 500, 0, 100));
            if (world.Seconds < Death + 1)
                continue;
            calls++;
            dead += target.Provider.Name == "a" ? 1 : 0;
        }
        return (double)dead / calls;
    }
}
