using System.Globalization;
using System.Text;

namespace Weir.Benchmarks.Lanes;

/// <summary>
/// <c>lanes [--rounds N] [--out FILE]</c>: time and bytes per chunk of every upstream and client dialect, beside the
/// pass-through of the same upstream, as tables. About a minute.
/// </summary>
internal static class LaneCommand
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(60);

    public static int Run(string[] args)
    {
        var options = args.Chunk(2).ToDictionary(o => o[0], o => o[1]);
        var rounds = int.Parse(options.GetValueOrDefault("--rounds", "8"), CultureInfo.InvariantCulture);
        var samples = LaneSamples.All();
        var costs = samples.SelectMany(upstream => samples.Select(client => new LaneCost(upstream, client))).ToList();
        // The slices of the pairs take turns, so that a bad moment of the machine hits one slice and not one pair.
        costs.ForEach(cost => cost.Measure(WarmUp));
        for (var round = 0; round < rounds; round++)
            costs.ForEach(cost => cost.Measure(Slice));
        var tables = Tables(samples, costs);
        Console.Write(tables);
        if (options.TryGetValue("--out", out var file))
            File.WriteAllText(file, tables);
        return 0;
    }

    private static string Tables(IReadOnlyList<LaneSample> samples, List<LaneCost> costs)
    {
        var text = new StringBuilder();
        Table("Nanoseconds per chunk; the pair of a dialect with itself is the pass-through.", cost => cost.Nanoseconds.ToString("F0", CultureInfo.InvariantCulture));
        Table("Nanoseconds per chunk more than the pass-through of the same upstream.",
            cost => (cost.Nanoseconds - costs.Single(c => c.Upstream == cost.Upstream && c.Client == cost.Upstream).Nanoseconds).ToString("F0", CultureInfo.InvariantCulture));
        Table("Bytes allocated per chunk.", cost => cost.Allocated.ToString("F0", CultureInfo.InvariantCulture));
        return text.ToString();

        void Table(string title, Func<LaneCost, string> figure)
        {
            text.Append(title).Append("\n\n| upstream ↓ client → | ").AppendJoin(" | ", samples.Select(s => s.Name)).Append(" |\n| --- |");
            foreach (var _ in samples)
                text.Append(" --: |");
            foreach (var upstream in samples)
            {
                text.Append("\n| ").Append(upstream.Name).Append(" | ")
                    .AppendJoin(" | ", samples.Select(client => figure(costs.Single(c => c.Upstream == upstream && c.Client == client)))).Append(" |");
            }
            text.Append("\n\n");
        }
    }
}
