using System.Text.Json;

namespace Weir.Admin.Contracts;

/// <summary>Body of <c>POST /admin/v1/explain</c>.</summary>
/// <param name="Body">A request body as its client would send it.</param>
/// <param name="Path">The path it would send it to; null = told by the body's shape.</param>
/// <param name="Key">Name or id of the key it would use; null = one that may use every model.</param>
/// <param name="Headers">Its headers.</param>
public sealed record ExplainRequest(JsonElement Body, string? Path = null, string? Key = null, IReadOnlyDictionary<string, string>? Headers = null);

/// <summary>Answer of <c>POST /admin/v1/explain</c>: where the call would go, as a decision record, and what it would cost there.</summary>
public sealed record ExplainView(string Path, string Dialect, string Key, JsonElement Decision, IReadOnlyList<EstimateView> Estimates);

/// <summary>What a call would cost at one target. <c>OutputBasis</c>: <c>seen</c> (mean of answers there), <c>cap</c> (the client's), <c>none</c> (prompt alone).</summary>
public sealed record EstimateView(string Target, long InputTokens, long OutputTokens, string OutputBasis, long? CostPicos, string? CostUsd, string? PriceRow);

/// <summary>Answer of <c>POST /admin/v1/simulate-policy</c>; its last line when progress is streamed.</summary>
/// <param name="Since">Calls from here on.</param>
/// <param name="Until">Up to here.</param>
/// <param name="Config">Hash of the other configuration.</param>
/// <param name="Calls">Calls looked at.</param>
/// <param name="Decided">Of these, calls that were decided again.</param>
/// <param name="Changed">Of these, calls that would go elsewhere, or be refused, or no longer be; expected, as lots count by their shares.</param>
/// <param name="ByChance">Calls for which the other configuration draws lots.</param>
/// <param name="Flows">From which target to which.</param>
/// <param name="FlowsOmitted">Further pairs.</param>
/// <param name="Targets">Each target before and after.</param>
/// <param name="Cost">Recorded usage as charged, and at the prices of the targets it would go to.</param>
/// <param name="Latency">As measured, and as measured at the targets the calls would go to.</param>
/// <param name="Blocked">Calls that would be refused.</param>
/// <param name="Unblocked">Calls that would no longer be refused.</param>
/// <param name="Undecided">Calls that could not be decided again.</param>
/// <param name="Unrouted">Calls that ended before they were routed.</param>
/// <param name="Warnings">Warnings about the other configuration.</param>
public sealed record PolicyView(DateTimeOffset Since, DateTimeOffset Until, string Config, long Calls, long Decided, double Changed, long ByChance,
    IReadOnlyList<FlowView> Flows, int FlowsOmitted, IReadOnlyList<TargetChangeView> Targets, CostChangeView Cost, LatencyChangeView Latency,
    IReadOnlyList<TalliedView> Blocked, IReadOnlyList<TalliedView> Unblocked, IReadOnlyList<TalliedView> Undecided, long Unrouted,
    IReadOnlyList<DiagnosticView> Warnings);

/// <summary>Calls that went to one target and would go to another.</summary>
public sealed record FlowView(string From, string To, double Calls);

/// <summary>One target before and after.</summary>
public sealed record TargetChangeView(string Target, double CallsBefore, double CallsAfter, string CostBeforeUsd, string CostAfterUsd);

/// <summary>Cost before and after, of calls whose price is known on both sides.</summary>
public sealed record CostChangeView(long Calls, long Unpriced, long BeforePicos, long AfterPicos, string BeforeUsd, string AfterUsd, string DifferenceUsd);

/// <summary>Quantiles in milliseconds; null where nothing was measured.</summary>
public sealed record LatencyView(double Calls, double? P50Ms, double? P95Ms);

/// <summary>Times to first token and of whole answers, before and after.</summary>
public sealed record LatencyChangeView(LatencyView FirstTokenBefore, LatencyView FirstTokenAfter, LatencyView WholeBefore, LatencyView WholeAfter, double Unknown);

/// <summary>Calls by reason, with ids of a few.</summary>
public sealed record TalliedView(string Reason, long Calls, IReadOnlyList<string> Examples);

/// <summary>A line of a streamed simulation: how far it is, or its result, or why it broke off.</summary>
public sealed record PolicyLine(long? Calls = null, PolicyView? Report = null, ErrorView? Error = null);

/// <summary>Answer with status 422: the other configuration has errors.</summary>
public sealed record PolicyRefused(ErrorView Error, IReadOnlyList<DiagnosticView> Diagnostics);
