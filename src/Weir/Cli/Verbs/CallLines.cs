using Weir.Admin.Contracts;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary>Calls one per line: a fitted table, or fixed columns while following.</summary>
internal static class CallLines
{
    private static readonly (string Title, Align Align, int Width)[] Columns =
    [
        ("TIME", Align.Left, 8), ("STATUS", Align.Right, 6), ("OPERATION", Align.Left, 12), ("MODEL", Align.Left, 22), ("TARGET", Align.Left, 30),
        ("IN", Align.Right, 9), ("OUT", Align.Right, 8), ("COST USD", Align.Point, 14), ("FIRST", Align.Right, 8), ("TOTAL", Align.Right, 8),
        ("OUTCOME", Align.Left, 14), ("ID", Align.Left, 0),
    ];

    public static void WriteTable(TextWriter output, Ink ink, IEnumerable<CallView> calls)
    {
        var table = new TextTable([.. Columns.Select(c => (c.Title, c.Align))]);
        var any = false;
        foreach (var call in calls)
        {
            table.Add(Cells(call), (column, text) => Paint(ink, call, column, text));
            any = true;
        }
        if (any)
            table.Write(output, ink);
        else
            output.WriteLine("No calls yet.");
    }

    public static string Header(Ink ink) => ink.Dim(Join([.. Columns.Select(c => c.Title)], (_, text) => text));

    public static string Line(Ink ink, CallView call) => Join(Cells(call), (column, text) => Paint(ink, call, column, text));

    private static string Join(string[] cells, Func<int, string, string> paint) => string.Join("  ", cells.Select((cell, i) =>
        paint(i, Columns[i].Align == Align.Right ? cell.PadLeft(Columns[i].Width) : cell.PadRight(Columns[i].Width)))).TrimEnd();

    private static string[] Cells(CallView call) =>
    [
        Format.Clock(call.StartedAt), call.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), call.Operation,
        Plain.Text(call.Model ?? "-"), Plain.Text(call.Target ?? "-"), Format.Count(call.Tokens.Input), Format.Count(call.Tokens.Output),
        call.PriceState == "unpriced" && call.CostPicos == 0 ? "unpriced" : call.CostUsd,
        call.TtftMs is { } first ? Format.Milliseconds(first) : "-", Format.Milliseconds(call.DurationMs), Plain.Text(call.Outcome), call.Id,
    ];

    private static string Paint(Ink ink, CallView call, int column, string text) => column switch
    {
        1 or 10 => call.Status < 400 && call.Outcome == "ok" ? ink.Green(text) : call.Status is >= 400 and < 500 ? ink.Yellow(text) : ink.Red(text),
        0 or 11 => ink.Dim(text),
        _ => text,
    };
}
