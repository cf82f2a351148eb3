using System.Text.Json;
using Weir.Core.Identity;

namespace Weir.Stores.Sqlite;

/// <summary>Rows of <c>virtual_keys</c> as objects; parses each distinct model list once, which is what makes a million rows quick.</summary>
internal sealed class KeyRowReader
{
    private readonly Dictionary<string, IReadOnlyList<string>> _models = new(StringComparer.Ordinal);

    /// <summary>Columns: id, hash, hint, name, tenant, team, models, created, expires, revoked.</summary>
    public VirtualKey Read(SqliteStatement row)
    {
        string models = row.Text(6);
        if (!_models.TryGetValue(models, out var list))
            _models.Add(models, list = JsonSerializer.Deserialize<string[]>(models) ?? []);
        return new VirtualKey
        {
            Id = row.Text(0),
            Hash = KeyHash.FromBytes(row.Blob(1)),
            Hint = row.Text(2),
            Name = row.Text(3),
            Tenant = row.Text(4),
            Team = row.NullableText(5),
            Models = list,
            CreatedAt = UnixMicros.ToTime(row.Long(7)),
            ExpiresAt = UnixMicros.ToTime(row.Nullable(8)),
            RevokedAt = UnixMicros.ToTime(row.Nullable(9)),
            Origin = KeyOrigin.Store,
        };
    }
}
