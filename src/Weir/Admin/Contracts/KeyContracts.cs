namespace Weir.Admin.Contracts;

/// <summary>
/// A virtual key as operators see it: never its secret, never its hash.
/// <paramref name="State"/>: <c>active</c>, <c>expired</c> or <c>revoked</c>.
/// <paramref name="Origin"/>: <c>store</c> or <c>configuration</c>.
/// <paramref name="AllowLabels"/>: labels its callers may set: <c>name</c> or <c>name=value</c>.
/// </summary>
public sealed record KeyView(string Id, string Name, string Tenant, string? Team, IReadOnlyList<string> Models, string Hint, string State,
    string Origin, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt,
    IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> AllowLabels);

/// <summary>Answer of <c>GET /admin/v1/keys</c>, newest first.</summary>
public sealed record KeyList(IReadOnlyList<KeyView> Keys);

/// <summary>Body of <c>POST /admin/v1/keys</c>. No models = all. At most one of the two expiries.</summary>
public sealed record CreateKeyRequest(string Name, string? Tenant = null, string? Team = null, IReadOnlyList<string>? Models = null,
    DateTimeOffset? ExpiresAt = null, long? ExpiresInSeconds = null,
    IReadOnlyDictionary<string, string>? Labels = null, IReadOnlyList<string>? AllowLabels = null);

/// <summary>Answer of <c>POST /admin/v1/keys</c>: the only place a secret ever appears.</summary>
public sealed record CreatedKey(KeyView Key, string Secret);
