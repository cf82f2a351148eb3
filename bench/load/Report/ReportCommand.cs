using System.Text;
using System.Text.Json;
using Weir.Load.Run;

namespace Weir.Load.Report;

/// <summary>`weir-load report`: raw runs to one Markdown page and one JSON file.</summary>
internal static class ReportCommand
{
    internal static int Execute(Arguments arguments)
    {
        var raw = arguments.Required("--raw");
        var output = arguments.Required("--out");
        var title = arguments.Text("--title") ?? "Benchmark";
        var conditions = arguments.All("--condition").Select(c => c.Split('=', 2)).ToDictionary(c => c[0], c => c.Length > 1 ? c[1] : "");
        arguments.RejectUnknown();

        var runs = File.ReadLines(raw).Where(l => l.Length > 0)
            .Select(l => JsonSerializer.Deserialize<RunResult>(l, ResultJson.Line)!).ToArray();
        if (runs.Length == 0)
            throw new UsageException($"{raw} holds no runs");

        StringBuilder text = new();
        text.Append("# ").Append(title).Append("\n\n| condition | value |\n| --- | --- |\n");
        foreach (var (name, value) in conditions)
            text.Append("| ").Append(name).Append(" | ").Append(value.Replace('|', '/')).Append(" |\n");
        text.Append("| load average, 1 min (range over runs) | ").Append(Spread.Of(runs.Select(r => (double?)r.LoadAverage))).Append(" |\n");
        text.Append("| cores used by others during runs | ").Append(Spread.Of(runs.Select(r => (double?)r.OtherCores))).Append(" |\n");
        text.Append("| cores stolen by the host | ").Append(Spread.Of(runs.Select(r => (double?)r.StolenCores))).Append(" |\n\n");
        text.Append("Figures are medians over the rounds with (smallest–largest). Ratios and differences are taken within a round.\n");
        text.Append("CPU per request and per chunk, bytes per stream and their ratios stand up to noise; latency rows with a\n");
        text.Append("flag in the last column do not. The meaning of every column is in bench/README.md.\n\n");
        foreach (var cell in runs.GroupBy(r => r.Tags.GetValueOrDefault("cell", "?")).OrderBy(g => g.Key, StringComparer.Ordinal))
            new CellTable(cell.Key, [.. cell]).Write(text);

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
        File.WriteAllText(output + ".md", text.ToString().TrimEnd('\n') + "\n");
        File.WriteAllText(output + ".json", JsonSerializer.Serialize(new { title, conditions, runs }, ResultJson.Indented) + "\n");
        Console.WriteLine(output + ".md");
        return 0;
    }
}
