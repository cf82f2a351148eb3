using System.Text;
using Weir.Load.Run;

namespace Weir.Load.Report;

/// <summary>
/// One cell (scenario with its parameters): a row per arm, medians with spread over the rounds. Ratios and differences are
/// taken within a round before the median, so that drift of the machine cancels out.
/// </summary>
internal sealed class CellTable(string cell, IReadOnlyList<RunResult> runs)
{
    private const double LoadedMachine = 0.5;
    private const double NearCeiling = 0.9;

    private static readonly string[] ArmOrder = ["direct", "nginx", "yarp", "weir", "pass-through"];
    private static readonly string[] Yardsticks = ["nginx", "yarp", "portkey", "weir@1000", "weir@10-routes", "pass-through"];

    private readonly string _kind = runs[0].Tags.GetValueOrDefault("kind", "closed");

    internal void Write(StringBuilder text)
    {
        var columns = Column.For(_kind);
        var yardsticks = Yardsticks.Where(y => runs.Any(r => Arm(r) == y)).ToArray();
        List<string> headers = ["arm"];
        foreach (var column in columns)
        {
            headers.Add(column.Header);
            if (column.Yardstick)
                headers.AddRange(yardsticks.Select(y => $"× {y}"));
        }

        headers.AddRange(["errors", "flags"]);
        text.Append("### ").Append(cell).Append("\n\n").Append(runs[0].Tags.GetValueOrDefault("about", "")).Append("\n\n");
        Row(text, headers);
        Row(text, headers.Select((_, i) => i == 0 ? "---" : "--:"));
        foreach (var arm in runs.GroupBy(Arm).OrderBy(g => Array.IndexOf(ArmOrder, g.Key) is var at and >= 0 ? at : ArmOrder.Length).ThenBy(g => g.Key))
        {
            List<string> fields = [arm.Key];
            foreach (var column in columns)
            {
                fields.Add(Show(arm, column.MinusDirect ? r => column.Value(r) - Peer(r, "direct", column) : column.Value));
                if (column.Yardstick)
                    fields.AddRange(yardsticks.Select(y => Show(arm, r => column.Value(r) / Peer(r, y, column))));
            }

            fields.Add(Errors(arm));
            fields.Add(string.Join(", ", arm.SelectMany(Flags).GroupBy(f => f).Select(g => $"{g.Key} {g.Count()}/{arm.Count()}")));
            Row(text, fields);
        }

        text.Append('\n');
    }

    private static string Arm(RunResult run) => run.Tags.GetValueOrDefault("arm", "?");

    private static string Show(IEnumerable<RunResult> arm, Func<RunResult, double?> value) =>
        Spread.Of(arm.Select(value))?.ToString() ?? "–";

    private static void Row(StringBuilder text, IEnumerable<string> fields) =>
        text.Append("| ").AppendJoin(" | ", fields).Append(" |\n");

    private static string Errors(IEnumerable<RunResult> arm)
    {
        var kinds = arm.SelectMany(r => r.Errors).GroupBy(e => e.Key).Select(g => $"{g.Key} {g.Sum(e => e.Value)}").ToArray();
        return kinds.Length == 0 ? "0" : string.Join(", ", kinds);
    }

    private double? Peer(RunResult run, string arm, Column column) =>
        runs.FirstOrDefault(r => Arm(r) == arm && r.Tags.GetValueOrDefault("round") == run.Tags.GetValueOrDefault("round")) is { } peer
            ? column.Value(peer)
            : null;

    private IEnumerable<string> Flags(RunResult run)
    {
        if (run.OtherCores > LoadedMachine)
            yield return "loaded machine";
        if (run.Aborted)
            yield return "aborted";
        if (Arm(run) == "direct" || _kind is not ("closed" or "burst"))
            yield break;
        static double? Throughput(RunResult r) => Math.Max(r.RequestsPerSecond, r.ChunksPerSecond);
        if (Throughput(run) > NearCeiling * Peer(run, "direct", new Column("", Throughput)))
            yield return "at the mock's ceiling";
    }
}
