using Weir.Core.Canon;
using Weir.Core.Metering;
using Weir.Core.Routing;

namespace Weir.Testing.Routing;

/// <summary>
/// Conversations over three targets of the same model at nearly the same prices, whose providers read from their caches
/// at a tenth of the price what they saw within five minutes. Each turn repeats all before it. The optimum keeps every
/// conversation where it is cheapest to the end.
/// </summary>
public static class AffinitySimulation
{
    private const double CacheSeconds = 300;
    private const long SystemPrompt = 2_000;
    private const long Turn = 800;

    private static string Configuration(string affinity) => """
        models:
          - {name: x, targets: [{provider: a, model: m}]}
          - {name: y, targets: [{provider: b, model: m}]}
          - {name: z, targets: [{provider: c, model: m}]}
        routes:
          - name: m
            match: {models: [m]}
            plan: PLAN
        prices:
          - {name: a, provider: a, model: "*", input: 3.00, cacheRead: 0.30, output: 15.00}
          - {name: b, provider: b, model: "*", input: 3.00, cacheRead: 0.30, output: 15.00}
          - {name: c, provider: c, model: "*", input: 3.10, cacheRead: 0.31, output: 15.00}
        """.Replace("PLAN", affinity == "spread"
        ? "{weighted: [{weight: 1, plan: x}, {weight: 1, plan: y}, {weight: 1, plan: z}]}"
        : $"{{choice: {{by: balanced, among: [x, y, z], affinity: {affinity}, explore: 0}}}}", StringComparison.Ordinal);

    /// <summary>Dollars for prompts; <c>Blind</c> is what they would have cost without any cache.</summary>
    /// <param name="affinity"><c>session</c>, <c>prompt</c>, or <c>spread</c>: by chance in equal shares, as without affinity.</param>
    /// <param name="sessions">Conversations, of ten turns each, a hundred of them at a time.</param>
    /// <param name="seed">Of everything.</param>
    public static SimulationResult Run(string affinity, int sessions, ulong seed)
    {
        const int atOnce = 100, turns = 10;
        using var world = new SimulatedWorld(Configuration(affinity), ["a", "b", "c"], seed);
        var random = new SimulatedRandom(seed);
        // What providers really have: (target, conversation) → turns seen and when last.
        var caches = new Dictionary<(string Target, int Session), (int Turns, double At)>();
        var (routed, best, blind) = (0.0, 0.0, 0.0);
        var open = Enumerable.Range(0, atOnce).Select(i => (Session: i, Turn: 1)).ToArray();
        var next = atOnce;
        while (Array.Exists(open, o => o.Turn <= turns))
        {
            // A turn every 20 seconds or so in each conversation.
            world.Pass(random.Exponential(20.0 / atOnce));
            var at = random.Below(atOnce);
            var (session, turn) = open[at];
            if (turn > turns)
                continue;
            var input = SystemPrompt + (turn * Turn);
            var target = world.Send(world.Call("m", input, KeysOf(session, turn)), t => Answer(t, session, turn));
            routed += Cost(target, input, Cached(target, session, turn));
            best += Cost(world.Snapshot.Models.Find("x")!.Targets[0], input, turn == 1 ? 0 : input - Turn);
            blind += Cost(target, input, 0);
            caches[(target.Name, session)] = (turn, world.Seconds);
            open[at] = turn < turns || next >= sessions ? (session, turn + 1) : (next++, 1);
        }
        return new SimulationResult(sessions * turns, routed, best, blind);

        long Cached(Target target, int session, int turn) =>
            caches.TryGetValue((target.Name, session), out var had) && world.Seconds - had.At < CacheSeconds && had.Turns < turn ? SystemPrompt + (had.Turns * Turn) : 0;

        SimulatedAnswer Answer(Target target, int session, int turn) =>
            new(0.5 * random.Noise(0.2), 0.01, SystemPrompt + (turn * Turn), Cached(target, session, turn), Math.Max(2, (long)(200 * random.Noise(0.3))));

        double Cost(Target target, long input, long cached) =>
            CostCalculator.Price(target.Prices.At(world.Clock.GetUtcNow()), new Usage { InputUncached = input - cached, CacheRead = cached }).Total.Picos / 1e12;
    }

    /// <summary>Prefixes by turn, system prompt first, as they are hashed from bodies.</summary>
    private static AffinityKeys KeysOf(int session, int turn) => new()
    {
        Session = (ulong)session + 1,
        Prefixes = [1, .. Enumerable.Range(1, turn).Select(t => ((ulong)session * 1000) + (ulong)t + 10)],
        PrefixBytes = [SystemPrompt * 4, .. Enumerable.Range(1, turn).Select(t => (SystemPrompt + (t * Turn)) * 4)],
    };
}
