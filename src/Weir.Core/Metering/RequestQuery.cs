namespace Weir.Core.Metering;

/// <summary>Which calls to list. <paramref name="AfterId"/>: only calls later than that one, oldest first (for tailing).</summary>
public sealed record RequestQuery(int Limit, string? AfterId = null, string? Tenant = null, string? KeyId = null, string? Model = null,
    bool FailedOnly = false);
