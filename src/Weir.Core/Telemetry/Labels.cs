namespace Weir.Core.Telemetry;

/// <summary>Labels of <c>weir_requests_total</c>.</summary>
internal readonly record struct CallLabels(string Operation, string Dialect, string Model, string Target, string Outcome, string Tenant);

/// <summary>Labels of <c>weir_attempts_total</c>.</summary>
internal readonly record struct AttemptLabels(string Model, string Target, string Outcome, string Tenant);

/// <summary>Labels of token and cost counters.</summary>
internal readonly record struct UsageLabels(string Model, string Target, string Tenant);

/// <summary>Labels of the latency histograms.</summary>
internal readonly record struct LatencyLabels(string Operation, string Model, string Target);
