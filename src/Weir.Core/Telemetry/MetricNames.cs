namespace Weir.Core.Telemetry;

/// <summary>
/// Every metric Weir exports. <c>weir_*</c> appear on <c>/metrics</c> (counters get <c>_total</c> there); <c>gen_ai.*</c>
/// and <c>weir.*</c> leave through OTLP. <c>gen_ai.client.*</c> describe attempts (Weir as a client of a provider),
/// <c>gen_ai.server.*</c> describe calls (Weir as the server). Source of the latter: OpenTelemetry GenAI conventions.
/// </summary>
public static class MetricNames
{
    /// <summary>Name of the <c>Meter</c> and the <c>ActivitySource</c>.</summary>
    public const string Source = "Weir";

    public const string Requests = "weir_requests";
    public const string Attempts = "weir_attempts";
    public const string Tokens = "weir_tokens";
    public const string CostMicrodollars = "weir_cost_microdollars";
    public const string UnpricedAttempts = "weir_unpriced_attempts";
    public const string RequestDuration = "weir_request_duration_seconds";
    public const string TimeToFirstToken = "weir_time_to_first_token_seconds";
    public const string RequestsInFlight = "weir_requests_in_flight";
    public const string StreamsOpen = "weir_streams_open";
    public const string TargetBreakerState = "weir_target_breaker_state";
    public const string TargetBreakerOpened = "weir_target_breaker_opened";
    public const string TargetAvailable = "weir_target_available";
    public const string TargetInFlight = "weir_target_in_flight";
    public const string SharedStateConnected = "weir_shared_state_connected";
    public const string SharedStateNotices = "weir_shared_state_notices";
    public const string ShadowCallsDropped = "weir_shadow_calls_dropped";
    public const string ShadowCallsInFlight = "weir_shadow_calls_in_flight";
    public const string LedgerQueueDepth = "weir_ledger_queue_depth";
    public const string ConfigVersion = "weir_config_version";
    public const string ConfigAge = "weir_config_age_seconds";
    public const string ConfigFault = "weir_config_fault";
    public const string ConfigInfo = "weir_config_info";
    public const string AccessLogDropped = "weir_access_log_dropped";
    public const string SeriesOverflow = "weir_metric_series_overflow";
    public const string BuildInfo = "weir_build_info";

    public const string ClientTokenUsage = "gen_ai.client.token.usage";
    public const string ClientOperationDuration = "gen_ai.client.operation.duration";
    public const string ClientTimeToFirstChunk = "gen_ai.client.operation.time_to_first_chunk";
    public const string ServerRequestDuration = "gen_ai.server.request.duration";
    public const string ServerTimeToFirstToken = "gen_ai.server.time_to_first_token";
    public const string OtelCost = "weir.cost";
    public const string OtelRequestsInFlight = "weir.requests.in_flight";
    public const string OtelStreamsOpen = "weir.streams.open";
}
