using System.Text.Json;
using Weir.Core.Identity;

namespace Weir.Stores.Sqlite;

/// <summary>Keys as rows of <c>virtual_keys</c>, with the tenant and team they name; statements prepared once. Use inside a transaction.</summary>
internal sealed class KeyRowWriter : IDisposable
{
    /// <summary>In the order of <see cref="KeyRowReader"/>.</summary>
    public const string Columns = "id, hash, hint, name, tenant, team, models, created, expires, revoked, labels, allow_labels";

    private readonly SqliteStatement _tenant;
    private readonly SqliteStatement _team;
    private readonly SqliteStatement _key;

    public KeyRowWriter(SqliteDatabase database)
    {
        _tenant = database.Prepare("INSERT INTO tenants (name, created) VALUES (?, ?) ON CONFLICT DO NOTHING");
        _team = database.Prepare("INSERT INTO teams (tenant, name, created) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
        _key = database.Prepare($"INSERT INTO virtual_keys ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)");
    }

    /// <summary>Returns the number of keys written: 1.</summary>
    public int Write(VirtualKey key)
    {
        long created = UnixMicros.From(key.CreatedAt);
        _tenant.Bind(1, key.Tenant).Bind(2, created).Run();
        if (key.Team is not null)
            _team.Bind(1, key.Tenant).Bind(2, key.Team).Bind(3, created).Run();
        Span<byte> hash = stackalloc byte[32];
        key.Hash.WriteTo(hash);
        return _key.Bind(1, key.Id).BindBlob(2, hash).Bind(3, key.Hint).Bind(4, key.Name).Bind(5, key.Tenant).Bind(6, key.Team)
            .Bind(7, JsonSerializer.Serialize(key.Models)).Bind(8, created).Bind(9, UnixMicros.From(key.ExpiresAt))
            .Bind(10, JsonSerializer.Serialize(key.Labels)).Bind(11, JsonSerializer.Serialize(key.AllowLabels)).Run();
    }

    public void Dispose()
    {
        _tenant.Dispose();
        _team.Dispose();
        _key.Dispose();
    }
}
