namespace Weir.Core.Identity;

/// <summary>Durable side of virtual keys created by command or API. Changes are visible to <see cref="IKeyDirectory"/> before the task completes.</summary>
public interface IKeyStore
{
    /// <summary>Makes a key; the secret is in the result and nowhere else, ever again. Name must be unique among live keys of the tenant.</summary>
    Task<IssuedKey> CreateAsync(NewKey request, CancellationToken cancellationToken);

    /// <summary>All keys, newest first, revoked and expired included; configuration keys too.</summary>
    Task<IReadOnlyList<VirtualKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Revokes by id or name, effective for the next call. Null when there is no such stored key.</summary>
    Task<VirtualKey?> RevokeAsync(string idOrName, CancellationToken cancellationToken);
}

/// <summary>What to create. <paramref name="Models"/> empty = all.</summary>
public sealed record NewKey(string Name, string Tenant, string? Team, IReadOnlyList<string> Models, DateTimeOffset? ExpiresAt)
{
    /// <summary>See <see cref="VirtualKey.Labels"/>.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = VirtualKey.NoLabels;

    /// <summary>See <see cref="VirtualKey.AllowLabels"/>.</summary>
    public IReadOnlyList<string> AllowLabels { get; init; } = [];
}

/// <summary>A key with its secret, to be shown once.</summary>
public sealed record IssuedKey(VirtualKey Key, string Secret);
