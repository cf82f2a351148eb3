using Weir.Core.Catalog;

namespace Weir.Core.Routing.Records;

/// <summary>What another configuration would have done with recorded calls. Calls are expected numbers: lots are counted by their shares.</summary>
/// <param name="Calls">Calls looked at.</param>
/// <param name="Decided">Calls that were decided again.</param>
/// <param name="Changed">Of these, calls that would go to another target first, or be refused, or no longer be refused.</param>
/// <param name="ByChance">Calls for which the other configuration draws lots.</param>
/// <param name="Flows">From which target to which, those that stay left out; the largest ones.</param>
/// <param name="FlowsOmitted">Further pairs, as far as they were kept apart; all of their calls are in <paramref name="Changed"/>.</param>
/// <param name="Targets">Calls and cost by target, the largest ones.</param>
/// <param name="Cost">What the decided calls cost and would cost.</param>
/// <param name="Latency">How long answers took and may be expected to take.</param>
/// <param name="Blocked">Calls that would be refused, by what refuses them.</param>
/// <param name="Unblocked">Calls that were refused for want of a target and would have one.</param>
/// <param name="Undecided">Calls that could not be decided again, by why.</param>
/// <param name="Unrouted">Calls that ended before they were routed: no key, no body.</param>
public sealed record PolicyReport(long Calls, long Decided, double Changed, long ByChance, IReadOnlyList<TargetFlow> Flows, int FlowsOmitted,
    IReadOnlyList<TargetChange> Targets, CostChange Cost, LatencyChange Latency, IReadOnlyList<TalliedCalls> Blocked, IReadOnlyList<TalliedCalls> Unblocked,
    IReadOnlyList<TalliedCalls> Undecided, long Unrouted);

/// <summary>A target and the share of a call that goes to it first.</summary>
public readonly record struct TargetShare(string Target, double Share);

/// <summary>Calls that went to one target and would go to another.</summary>
public sealed record TargetFlow(string From, string To, double Calls);

/// <summary>One target before and after.</summary>
public sealed record TargetChange(string Target, double CallsBefore, double CallsAfter, Money CostBefore, Money CostAfter);

/// <summary>Cost of recorded usage: as charged, and priced at the targets the calls would go to.</summary>
/// <param name="Before">Sum over calls whose price is known before and after.</param>
/// <param name="After">The same calls at their new targets.</param>
/// <param name="Calls">How many these are.</param>
/// <param name="Unpriced">Answered calls that are left out because a price is not known.</param>
public sealed record CostChange(Money Before, Money After, long Calls, long Unpriced);

/// <summary>Quantiles of a time in milliseconds over so many calls; null when nothing is known.</summary>
public sealed record LatencyExpectation(double Calls, double? P50, double? P95);

/// <summary>Time to first token of streams and time of whole answers, before and after.</summary>
/// <param name="FirstTokenBefore">As measured.</param>
/// <param name="FirstTokenAfter">As measured at the targets the calls would go to.</param>
/// <param name="WholeBefore">As measured.</param>
/// <param name="WholeAfter">As measured at the targets the calls would go to.</param>
/// <param name="Unknown">Calls that would go where nothing was measured.</param>
public sealed record LatencyChange(LatencyExpectation FirstTokenBefore, LatencyExpectation FirstTokenAfter, LatencyExpectation WholeBefore,
    LatencyExpectation WholeAfter, double Unknown);

/// <summary>Calls that have something in common, with ids of a few.</summary>
public sealed record TalliedCalls(string Reason, long Calls, IReadOnlyList<string> Examples);
