using Weir.Core.Routing;

namespace Weir.Testing.Routing;

/// <summary>
/// Streams over five targets: each has its own time to first token and pace, drifts over minutes, and falls into
/// slow spells of a minute; single answers scatter. The optimum knows at every moment which target is fastest for a call
/// of that length; the router knows what came back.
/// </summary>
public static class LatencySimulation
{
    private const string Configuration = """
        models:
          - name: m
            by: latency
            targets: [{provider: a, model: m}, {provider: b, model: m}, {provider: c, model: m}, {provider: d, model: m}, {provider: e, model: m}]
        """;

    // Seconds to the first token, seconds per further one.
    private static readonly Dictionary<string, (double First, double Token)> Usual = new()
    {
        ["a"] = (0.35, 0.020),
        ["b"] = (0.90, 0.010),
        ["c"] = (0.60, 0.015),
        ["d"] = (2.50, 0.030),
        ["e"] = (0.50, 0.040),
    };

    /// <param name="calls">How many.</param>
    /// <param name="seed">Of everything.</param>
    /// <param name="callsPerSecond">On average.</param>
    /// <param name="secondsBetweenSpells">On average, for each target: a minute in which it is four times as slow.</param>
    public static SimulationResult Run(int calls, ulong seed, double callsPerSecond = 20, double secondsBetweenSpells = 1800)
    {
        using var world = new SimulatedWorld(Configuration, Usual.Keys, seed);
        var random = new SimulatedRandom(seed);
        var targets = world.Snapshot.Models.All[0].Targets;
        var spells = Usual.Keys.ToDictionary(k => k, _ => (From: random.Exponential(secondsBetweenSpells), Until: 0.0));
        var (routed, best, blind) = (0.0, 0.0, 0.0);
        for (var i = 0; i < calls; i++)
        {
            world.Pass(random.Exponential(1 / callsPerSecond));
            foreach (var key in Usual.Keys)
            {
                if (world.Seconds > spells[key].Until && world.Seconds > spells[key].From)
                    spells[key] = (world.Seconds + 60 + random.Exponential(secondsBetweenSpells), world.Seconds + 60);
            }
            var input = (long)Math.Exp(random.Uniform(Math.Log(100), Math.Log(900)));
            var tokens = Math.Max(1, (long)(200 * random.Noise(0.5)));
            var (first, pace) = (random.Noise(0.25), random.Noise(0.1));
            SimulatedAnswer Answer(Target target)
            {
                var (usualFirst, usualToken) = Usual[target.Provider.Name];
                var drift = 1 + (0.3 * Math.Sin((world.Seconds / 400) + target.Provider.Name[0]));
                var spell = world.Seconds < spells[target.Provider.Name].Until ? 4 : 1;
                return new SimulatedAnswer(usualFirst * drift * spell * first, usualToken * drift * spell * pace, input, 0, tokens);
            }
            var taken = world.Send(world.Call("m", input), Answer);
            routed += Answer(taken).Seconds;
            best += targets.Min(t => Answer(t).Seconds);
            blind += Answer(targets[i % targets.Count]).Seconds;
        }
        return new SimulationResult(calls, routed, best, blind);
    }
}
