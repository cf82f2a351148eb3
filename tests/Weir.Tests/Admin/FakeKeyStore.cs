using Weir.Core.Identity;

namespace Weir.Tests.Admin;

internal sealed class FakeKeyStore : IKeyStore
{
    public const string Secret = "wk-canary-secret-0123456789";

    private readonly List<VirtualKey> _keys = [];

    public DateTimeOffset Now { get; init; }

    public NewKey? Last { get; private set; }

    /// <summary>Thrown by the next creation.</summary>
    public Exception? Failure { get; set; }

    public void Add(VirtualKey key) => _keys.Insert(0, key);

    public Task<IssuedKey> CreateAsync(NewKey request, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            throw Failure;
        Last = request;
        var key = new VirtualKey
        {
            Id = $"key_{_keys.Count + 1}",
            Name = request.Name,
            Tenant = request.Tenant,
            Team = request.Team,
            Hash = new KeyHash(0xDEADBEEF, 2, 3, 4),
            Hint = "wk-cana…",
            CreatedAt = Now,
            ExpiresAt = request.ExpiresAt,
            Models = request.Models,
        };
        Add(key);
        return Task.FromResult(new IssuedKey(key, Secret));
    }

    public Task<IReadOnlyList<VirtualKey>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<VirtualKey>>([.. _keys]);

    public Task<VirtualKey?> RevokeAsync(string idOrName, CancellationToken cancellationToken)
    {
        var at = _keys.FindIndex(k => k.Origin == KeyOrigin.Store && (k.Id == idOrName || k.Name == idOrName));
        if (at < 0)
            return Task.FromResult<VirtualKey?>(null);
        _keys[at] = _keys[at] with { RevokedAt = Now };
        return Task.FromResult<VirtualKey?>(_keys[at]);
    }
}
