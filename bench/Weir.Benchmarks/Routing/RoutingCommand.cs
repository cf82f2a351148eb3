using System.Diagnostics;
using System.Globalization;
using System.Text;
using Weir.Core.Routing;
using Weir.Testing.Routing;

namespace Weir.Benchmarks.Routing;

/// <summary><c>routing [--out FILE]</c>: the simulations of routing at full length, and what one decision costs. Deterministic but for the times.</summary>
internal static class RoutingCommand
{
    private const int Seeds = 5;

    public static async Task<int> RunAsync(string[] args)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Routing in simulation, {DateTime.Now:yyyy-MM-dd HH:mm}\n\nReal router, statistics and configuration; targets that are numbers; seeds 1 to {Seeds}.\n\n");
        text.Append("| simulation | calls | against the offline optimum (each seed) | by turns |\n|---|--:|---|--:|\n");
        Row(text, "by cost, four targets whose prices cross", s => CostSimulation.Run(50_000, s));
        Row(text, "by latency, five targets, a slow minute per target every half hour", s => LatencySimulation.Run(72_000, s));
        Row(text, "by latency, the same every ten minutes", s => LatencySimulation.Run(72_000, s, secondsBetweenSpells: 600));
        Row(text, "conversations, three equal targets, affinity: prompt", s => AffinitySimulation.Run("prompt", 2_000, s));
        Row(text, "the same, affinity: session", s => AffinitySimulation.Run("session", 2_000, s));
        Row(text, "the same, spread by chance", s => AffinitySimulation.Run("spread", 2_000, s));
        text.Append("\nFor conversations the figure is dollars for prompts, and \"by turns\" is without any cache.\n\n");
        text.Append("| targets in order | share of calls at a dead one of three, from a second after its death on (two minutes, 50 a second) |\n|---|--:|\n");
        foreach (var by in (string[])["order", "weighted", "cost", "latency"])
            text.Append(CultureInfo.InvariantCulture, $"| {by} | {DeadTargetSimulation.Run(by, 120, 50, 1):P2} |\n");
        text.Append("\n| one decision | bytes | ns |\n|---|--:|--:|\n");
        Decision(text, "one target", "models: [{name: m, targets: [{provider: a, model: m}]}]");
        Decision(text, "two targets as written", "models: [{name: m, targets: [{provider: a, model: m}, {provider: b, model: m}]}]");
        Decision(text, "three targets by cost", "models: [{name: m, by: cost, targets: [{provider: a, model: m}, {provider: b, model: m}, {provider: c, model: m}]}]\nprices: [{name: p, provider: \"*\", model: \"*\", input: 1, output: 2}]");
        Decision(text, "three targets by latency", "models: [{name: m, by: latency, targets: [{provider: a, model: m}, {provider: b, model: m}, {provider: c, model: m}]}]");
        Console.Write(text);
        if (args is ["--out", var path])
            await File.WriteAllTextAsync(path, text.ToString());
        return 0;
    }

    private static void Row(StringBuilder text, string name, Func<ulong, SimulationResult> run)
    {
        var results = Enumerable.Range(1, Seeds).Select(s => run((ulong)s)).ToArray();
        var ratios = string.Join(", ", results.Select(r => r.Ratio.ToString("0.000", CultureInfo.InvariantCulture)));
        text.Append(CultureInfo.InvariantCulture, $"| {name} | {results[0].Calls:N0} | {ratios} | {results.Average(r => r.Blind / r.Best):0.00} |\n");
    }

    private static void Decision(StringBuilder text, string name, string yaml)
    {
        const int rounds = 20_000;
        using var world = new SimulatedWorld(yaml, ["a", "b", "c"]);
        RouteCall call = world.Call("m", 1_000);
        var best = double.PositiveInfinity;
        var bytes = 0L;
        for (var repeat = 0; repeat < 5; repeat++)
        {
            var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            for (var i = 0; i < rounds; i++)
                world.Decide(call);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / rounds);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / rounds;
        }
        text.Append(CultureInfo.InvariantCulture, $"| {name} | {bytes} | {best:0} |\n");
    }
}
