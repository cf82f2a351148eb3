using System.Globalization;
using System.Text;
using Weir.Testing.Fleet;

namespace Weir.Benchmarks.Pools;

/// <summary>
/// <c>pools [--out FILE]</c>: simulated engines behind a pool, beside round robin, at several loads. Deterministic: every run
/// on every machine prints the same tables. Seconds.
/// </summary>
internal static class PoolCommand
{
    private const int Engines = 8;
    private const int Calls = 6_000;
    private static readonly double[] Loads = [0.5, 0.8, 0.95];

    public static int Run(string[] args)
    {
        var options = args.Chunk(2).ToDictionary(o => o[0], o => o[1]);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Engines} simulated engines, {Calls:N0} calls each. Load is relative to what round robin can answer at most. Times in milliseconds.\n\n");
        Table(text, "Shared prefixes: conversations under 48 instructions of 4,096 tokens", (rate, seed) => FleetWorkloads.SharedPrefix(Calls, rate, seed));
        Table(text, "Nothing shared: single calls of 1,024 to 3,072 tokens", (rate, seed) => FleetWorkloads.NothingShared(Calls, rate, seed));
        Console.Write(text);
        if (options.TryGetValue("--out", out var file))
            File.WriteAllText(file, text.ToString());
        return 0;
    }

    private static void Table(StringBuilder text, string title, Func<double, ulong, IReadOnlyList<FleetRequest>> workload)
    {
        var figures = new EngineFigures();
        var capacity = FleetWorkloads.RoundRobinCapacity(Engines, figures, rate => workload(rate, 1));
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\nRound robin answers {capacity:F1} calls per second at most.\n\n");
        text.Append("| load | balancer | mean TTFT | median | p99 | prompt from cache | mean against round robin |\n| --: | --- | --: | --: | --: | --: | --: |\n");
        foreach (var load in Loads)
        {
            var requests = workload(capacity * load, 2);
            var baseline = FleetSimulation.Run(Engines, figures, requests, new RoundRobin(Engines));
            Row(load, "round robin", baseline, baseline);
            Row(load, "pool, affinity: none", FleetSimulation.Run(Engines, figures, requests, new PoolBalancer(Engines, figures, prefix: false, 3)), baseline);
            Row(load, "pool, affinity: prefix", FleetSimulation.Run(Engines, figures, requests, new PoolBalancer(Engines, figures, prefix: true, 3)), baseline);
        }
        text.Append('\n');

        void Row(double load, string name, FleetResult result, FleetResult baseline) => text.Append(CultureInfo.InvariantCulture,
            $"| {load:P0} | {name} | {result.Mean * 1000:F0} | {result.Median * 1000:F0} | {result.P99 * 1000:F0} | {result.HitRate:P0} | {result.Mean / baseline.Mean:F2} |\n");
    }
}
