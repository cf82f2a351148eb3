using System.Collections.Frozen;
using System.Text.Json;
using Weir.Core.Identity;

namespace Weir.Stores.Sqlite;

/// <summary>Rows of <c>virtual_keys</c> as objects; parses each distinct list once, which is what makes a million rows quick.</summary>
internal sealed class KeyRowReader
{
    private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _labels = new(StringComparer.Ordinal);

    /// <summary>Columns: id, hash, hint, name, tenant, team, models, created, expires, revoked, labels, allow_labels.</summary>
    public VirtualKey Read(SqliteStatement row)
    {
        return new VirtualKey
        {
            Id = row.Text(0),
            Hash = KeyHash.FromBytes(row.Blob(1)),
            Hint = row.Text(2),
            Name = row.Text(3),
            Tenant = row.Text(4),
            Team = row.NullableText(5),
            Models = ListOf(row.Text(6)),
            CreatedAt = UnixMicros.ToTime(row.Long(7)),
            ExpiresAt = UnixMicros.ToTime(row.Nullable(8)),
            RevokedAt = UnixMicros.ToTime(row.Nullable(9)),
            Labels = LabelsOf(row.Text(10)),
            AllowLabels = ListOf(row.Text(11)),
            Origin = KeyOrigin.Store,
        };
    }

    private IReadOnlyList<string> ListOf(string json)
    {
        if (json == "[]")
            return [];
        if (!_lists.TryGetValue(json, out var list))
            _lists.Add(json, list = JsonSerializer.Deserialize<string[]>(json) ?? []);
        return list;
    }

    private IReadOnlyDictionary<string, string> LabelsOf(string json)
    {
        if (json == "{}")
            return FrozenDictionary<string, string>.Empty;
        if (!_labels.TryGetValue(json, out var labels))
            _labels.Add(json, labels = JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? []);
        return labels;
    }
}
