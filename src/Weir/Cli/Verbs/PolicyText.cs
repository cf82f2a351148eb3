using System.Globalization;
using Weir.Admin.Contracts;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary>The report of a policy simulation for a person.</summary>
internal sealed class PolicyText(Ink ink)
{
    public void Write(TextWriter output, PolicyView view, string file)
    {
        output.WriteLine($"{ink.Bold(Plain.Text(Path.GetFileName(file)))} (configuration {view.Config}) against calls from {Format.Time(view.Since)} to {Format.Time(view.Until)}");
        output.WriteLine($"{Format.Count(view.Calls)} calls, {Format.Count(view.Decided)} decided again, {ink.Bold(Calls(view.Changed))} of them differently{Percent(view.Changed, view.Decided)}"
            + (view.ByChance > 0 ? $"; {Format.Count(view.ByChance)} by lot, counted by shares" : ""));
        if (view.Unrouted > 0)
            output.WriteLine(ink.Dim($"{Format.Count(view.Unrouted)} calls ended before they were routed."));
        WriteFlows(output, view);
        WriteTargets(output, view);
        WriteCost(output, view.Cost);
        WriteLatency(output, view.Latency);
        WriteTally(output, ink.Red("Would be refused"), view.Blocked);
        WriteTally(output, ink.Green("Would no longer be refused"), view.Unblocked);
        WriteTally(output, ink.Yellow("Could not be decided again"), view.Undecided);
    }

    private void WriteFlows(TextWriter output, PolicyView view)
    {
        if (view.Flows.Count == 0)
            return;
        output.WriteLine();
        var table = new TextTable(("FROM", Align.Left), ("TO", Align.Left), ("CALLS", Align.Right));
        foreach (var flow in view.Flows)
            table.Add([Plain.Text(flow.From), Plain.Text(flow.To), Calls(flow.Calls)]);
        table.Write(output, ink);
        if (view.FlowsOmitted > 0)
            output.WriteLine(ink.Dim($"… and {Format.Count(view.FlowsOmitted)} more"));
    }

    private void WriteTargets(TextWriter output, PolicyView view)
    {
        if (view.Targets.Count == 0)
            return;
        output.WriteLine();
        var table = new TextTable(("TARGET", Align.Left), ("CALLS NOW", Align.Right), ("THEN", Align.Right), ("USD NOW", Align.Point), ("USD THEN", Align.Point));
        foreach (var t in view.Targets)
            table.Add([Plain.Text(t.Target), Calls(t.CallsBefore), Calls(t.CallsAfter), t.CostBeforeUsd, t.CostAfterUsd]);
        table.Write(output, ink);
    }

    private void WriteCost(TextWriter output, CostChangeView cost)
    {
        output.WriteLine();
        var sign = cost.AfterPicos > cost.BeforePicos ? "+" : "";
        var percent = cost.BeforePicos == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {100.0 * (cost.AfterPicos - cost.BeforePicos) / cost.BeforePicos:+0.0;-0.0;0.0} %");
        output.WriteLine($"{ink.Bold("Cost")}      ${cost.BeforeUsd} → ${cost.AfterUsd} ({sign}{cost.DifferenceUsd}{percent}): the recorded usage of {Format.Count(cost.Calls)} calls at their new targets");
        if (cost.Unpriced > 0)
            output.WriteLine($"          {ink.Yellow($"{Format.Count(cost.Unpriced)} calls left out: no price is known before or after")}");
    }

    private void WriteLatency(TextWriter output, LatencyChangeView latency)
    {
        Line("First token", latency.FirstTokenBefore, latency.FirstTokenAfter);
        Line("Whole answer", latency.WholeBefore, latency.WholeAfter);
        if (latency.Unknown > 0)
            output.WriteLine($"          {ink.Yellow($"{Calls(latency.Unknown)} calls left out: they would go where nothing was measured")}");

        void Line(string name, LatencyView before, LatencyView after)
        {
            if (before.P50Ms is { } p50 && before.P95Ms is { } p95)
                output.WriteLine($"{ink.Bold(name)} p50 {Format.Milliseconds(p50)} → {Ms(after.P50Ms)}, p95 {Format.Milliseconds(p95)} → {Ms(after.P95Ms)}, as measured at these targets");
        }
    }

    private void WriteTally(TextWriter output, string title, IReadOnlyList<TalliedView> tally)
    {
        if (tally.Count == 0)
            return;
        output.WriteLine();
        var node = new TreeNode($"{title}: {Format.Count(tally.Sum(t => t.Calls))} calls");
        foreach (var entry in tally)
            node.Add($"{Format.Count(entry.Calls)}  {Plain.Text(entry.Reason)}  {ink.Dim("as " + string.Join(" ", entry.Examples.Select(Plain.Text)))}");
        node.Write(output, ink);
    }

    private static string Ms(double? ms) => ms is { } value ? Format.Milliseconds(value) : "unknown";

    private static string Calls(double calls) => calls.ToString("#,0.#", CultureInfo.InvariantCulture);

    private static string Percent(double part, long whole) => whole == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({100 * part / whole:0.0} %)");
}
