using Weir.Core.Routing;

namespace Weir.Testing.Fleet;

/// <summary>Workloads for <see cref="FleetSimulation"/>, from a seed.</summary>
public static class FleetWorkloads
{
    /// <summary>
    /// Conversations of assistants: every one starts with one of <paramref name="prefixes"/> instructions of 4,096 tokens, not
    /// all equally common, and has some turns of 128 to 512 tokens, each repeating all before it.
    /// </summary>
    /// <param name="calls">Calls in all.</param>
    /// <param name="rate">Calls per second.</param>
    /// <param name="seed">Of all chance.</param>
    /// <param name="prefixes">Different instructions.</param>
    public static IReadOnlyList<FleetRequest> SharedPrefix(int calls, double rate, ulong seed, int prefixes = 48)
    {
        var random = new SeededRandomSource(seed);
        var weights = Enumerable.Range(1, prefixes).Select(i => 1 / Math.Sqrt(i)).ToArray();
        var requests = new List<FleetRequest>(calls);
        ulong unique = 1 << 20;
        const double turns = 4;
        for (var at = 0.0; requests.Count < calls * 2; at += Gap(random, rate / turns))
        {
            var prefix = Pick(weights, random.NextDouble());
            var blocks = Enumerable.Range(0, 32).Select(b => ((ulong)(prefix + 1) << 8) + (ulong)b).ToList();
            var turnAt = at;
            for (var turn = 0; turn < (int)turns; turn++)
            {
                for (var question = 1 + (int)(random.NextDouble() * 4); question > 0; question--)
                    blocks.Add(unique++);
                requests.Add(new FleetRequest(turnAt, [.. blocks], 64 + (int)(random.NextDouble() * 128)));
                // The answer is a part of the next prompt.
                blocks.Add(unique++);
                turnAt += 5 + (random.NextDouble() * 15);
            }
        }
        return [.. requests.OrderBy(r => r.ArrivesAt).Take(calls)];
    }

    /// <summary>Single calls of 1,024 to 3,072 tokens that have nothing in common.</summary>
    /// <inheritdoc cref="SharedPrefix"/>
    public static IReadOnlyList<FleetRequest> NothingShared(int calls, double rate, ulong seed)
    {
        var random = new SeededRandomSource(seed);
        var requests = new List<FleetRequest>(calls);
        ulong unique = 1;
        for (var at = 0.0; requests.Count < calls; at += Gap(random, rate))
        {
            var blocks = Enumerable.Range(0, 8 + (int)(random.NextDouble() * 16)).Select(_ => unique++).ToList();
            requests.Add(new FleetRequest(at, blocks, 64 + (int)(random.NextDouble() * 128)));
        }
        return requests;
    }

    /// <summary>Calls per second that round robin can answer at most: as many as it does when all are there from the start.</summary>
    public static double RoundRobinCapacity(int engines, EngineFigures figures, Func<double, IReadOnlyList<FleetRequest>> workload) =>
        FleetSimulation.Run(engines, figures, workload(1_000), new RoundRobin(engines)).Throughput;

    private static double Gap(SeededRandomSource random, double rate) => -Math.Log(1 - random.NextDouble()) / rate;

    private static int Pick(double[] weights, double draw)
    {
        var left = draw * weights.Sum();
        for (var i = 0; i < weights.Length; i++)
        {
            left -= weights[i];
            if (left < 0)
                return i;
        }
        return weights.Length - 1;
    }
}
