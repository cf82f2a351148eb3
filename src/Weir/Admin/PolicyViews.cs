using Weir.Admin.Contracts;
using Weir.Core.Catalog;
using Weir.Core.Routing.Records;
using Weir.Core.Telemetry;

namespace Weir.Admin;

/// <summary>From the report of a simulation to what the API shows.</summary>
internal static class PolicyViews
{
    public static PolicyView Of(PolicyReport r, DateTimeOffset since, DateTimeOffset until, string config, IReadOnlyList<DiagnosticView> warnings) => new(
        since, until, config, r.Calls, r.Decided, Round(r.Changed), r.ByChance,
        [.. r.Flows.Select(f => new FlowView(f.From, f.To, Round(f.Calls)))], r.FlowsOmitted,
        [.. r.Targets.Select(t => new TargetChangeView(t.Target, Round(t.CallsBefore), Round(t.CallsAfter), Dollars.Number(t.CostBefore), Dollars.Number(t.CostAfter)))],
        Cost(r.Cost), Latency(r.Latency), Tallied(r.Blocked), Tallied(r.Unblocked), Tallied(r.Undecided), r.Unrouted, warnings);

    private static CostChangeView Cost(CostChange c) => new(c.Calls, c.Unpriced, c.Before.Picos, c.After.Picos, Dollars.Number(c.Before), Dollars.Number(c.After),
        Dollars.Number(new Money(c.After.Picos - c.Before.Picos)));

    private static LatencyChangeView Latency(LatencyChange l) =>
        new(Of(l.FirstTokenBefore), Of(l.FirstTokenAfter), Of(l.WholeBefore), Of(l.WholeAfter), Round(l.Unknown));

    private static LatencyView Of(LatencyExpectation e) => new(Round(e.Calls), Ms(e.P50), Ms(e.P95));

    private static TalliedView[] Tallied(IReadOnlyList<TalliedCalls> calls) => [.. calls.Select(c => new TalliedView(c.Reason, c.Calls, c.Examples))];

    private static double Round(double calls) => Math.Round(calls, 2);

    // Two digits: the buckets behind it are not finer.
    private static double? Ms(double? ms) => ms is { } value and > 0 ? Math.Round(value, Math.Clamp(1 - (int)Math.Floor(Math.Log10(value)), 0, 3)) : ms;
}
