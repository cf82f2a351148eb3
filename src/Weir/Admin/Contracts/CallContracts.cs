using System.Text.Json;

namespace Weir.Admin.Contracts;

/// <summary>One call in <c>GET /admin/v1/requests</c> and one line of its NDJSON form.</summary>
public sealed record CallView(string Id, DateTimeOffset StartedAt, string Operation, string Dialect, string Tenant, string? Team, string? KeyId,
    string? Model, string? Target, bool Stream, int Attempts, int Status, string Outcome, TokenCounts Tokens, long CostPicos, string CostUsd,
    string PriceState, double? TtftMs, double DurationMs);

/// <summary>Answer of <c>GET /admin/v1/requests</c>, newest first.</summary>
public sealed record CallList(IReadOnlyList<CallView> Requests);

/// <summary>One attempt of a call. The members from <c>Outcome</c> on are null while it is under way.</summary>
public sealed record AttemptView(int Attempt, DateTimeOffset StartedAt, string Provider, string UpstreamModel, string? Outcome, int? Status,
    TokenCounts? Tokens, string? UsageSource, long? CostPicos, string? CostUsd, string? PriceState, string? PriceRow, string? ServedModel,
    double? TtftMs, double? DurationMs, string? ErrorCode);

/// <summary>Answer of <c>GET /admin/v1/requests/{id}</c>: the call, its attempts and its decision record.</summary>
public sealed record CallDetail(CallView Request, IReadOnlyList<AttemptView> Attempts, JsonElement? Decision);
