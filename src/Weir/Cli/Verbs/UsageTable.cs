using Weir.Admin.Contracts;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary>A usage report as a table; token classes nobody used are left out.</summary>
internal static class UsageTable
{
    private static readonly (string Title, bool Always, Func<TokenCounts, long> Of)[] Classes =
    [
        ("INPUT", true, t => t.InputUncached),
        ("CACHE READ", false, t => t.CacheRead),
        ("CACHE WRITE", false, t => t.CacheWrite5m + t.CacheWrite1h),
        ("AUDIO IN", false, t => t.InputAudio),
        ("IMAGE IN", false, t => t.InputImage),
        ("OUTPUT", true, t => t.OutputVisible),
        ("REASONING", false, t => t.Reasoning),
        ("AUDIO OUT", false, t => t.OutputAudio),
        ("IMAGE OUT", false, t => t.OutputImage),
        ("SEARCHES", false, t => t.SearchUnits),
        ("IMAGES", false, t => t.Images),
        ("SECONDS", false, t => t.AudioSeconds),
        ("CHARACTERS", false, t => t.Characters),
    ];

    public static void Write(TextWriter output, Ink ink, UsageReport report)
    {
        if (report.Rows.Count == 0)
        {
            output.WriteLine("Nothing was used in that time.");
            return;
        }
        var classes = Classes.Where(c => c.Always || c.Of(report.Total.Tokens) != 0).ToArray();
        var table = new TextTable([
            .. report.By.Select(b => (b.ToUpperInvariant(), Align.Left)), ("CALLS", Align.Right), ("ATTEMPTS", Align.Right),
            .. classes.Select(c => (c.Title, Align.Right)), ("COST USD", Align.Point)]);
        foreach (var row in report.Rows)
            table.Add(Cells(report.By.Select((_, i) => row.Labels.ElementAtOrDefault(i) is { Length: > 0 } label ? Plain.Text(label) : "-"), row, classes));
        var empty = Enumerable.Repeat("", Math.Max(0, report.By.Count - 1));
        table.Add(Cells(report.By.Count == 0 ? [] : empty.Prepend("total"), report.Total, classes), (_, text) => ink.Bold(text));
        table.Write(output, ink, totals: true);
        WriteNotes(output, ink, report.Total);
    }

    private static string[] Cells(IEnumerable<string> labels, UsageLine line, (string Title, bool Always, Func<TokenCounts, long> Of)[] classes) =>
        [.. labels, Format.Count(line.Calls), Format.Count(line.Attempts), .. classes.Select(c => Format.Count(c.Of(line.Tokens))), line.CostUsd];

    private static void WriteNotes(TextWriter output, Ink ink, UsageLine total)
    {
        if (total.Estimated > 0)
            output.WriteLine(ink.Yellow($"{Attempts(total.Estimated)} estimated, not reported by the provider."));
        if (total.Unpriced > 0)
            output.WriteLine(ink.Yellow($"{Attempts(total.Unpriced)} unpriced: the cost is a lower bound."));
    }

    private static string Attempts(long count) => count == 1 ? "1 attempt is" : $"{Format.Count(count)} attempts are";
}
