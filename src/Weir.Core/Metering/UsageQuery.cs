namespace Weir.Core.Metering;

/// <summary>What to add up. Times are UTC; <paramref name="Until"/> is exclusive. Null filters match all.</summary>
public sealed record UsageQuery(IReadOnlyList<UsageDimension> GroupBy, DateTimeOffset? Since, DateTimeOffset? Until,
    string? Tenant = null, string? Team = null, string? KeyId = null, string? Model = null, UsageKind? Kind = null);

/// <summary>Columns usage can be grouped by.</summary>
public enum UsageDimension { Tenant, Team, Key, Model, Provider, Day, Kind }
