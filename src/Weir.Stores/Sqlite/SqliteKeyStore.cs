using Weir.Core.Configuration;
using Weir.Core.Identity;

namespace Weir.Stores.Sqlite;

/// <summary>
/// <see cref="IKeyStore"/> in the table <c>virtual_keys</c>. Every change goes to disk first and then into the directory's
/// table, both before the task completes.
/// </summary>
public sealed class SqliteKeyStore(
    ControlDatabase control, KeyDirectory directory, KeyHasher hasher, ISnapshotSource snapshots, IRandomBytes random, TimeProvider time)
    : IKeyStore
{
    private const string Columns = KeyRowWriter.Columns;
    private const int MaxName = 200, IdCharacters = 16;
    private long _dataVersion;

    /// <summary>Reads all keys into the directory: once at start. Returns how many.</summary>
    public Task<int> LoadAsync(CancellationToken cancellationToken) => control.UseAsync(Load, cancellationToken);

    /// <summary>Reads the keys again if another process (the command line, say) has changed the file since. Cheap when not.</summary>
    public Task<bool> RefreshAsync(CancellationToken cancellationToken) => control.UseAsync(database =>
    {
        bool changed = DataVersion(database) != _dataVersion;
        if (changed)
            Load(database);
        return changed;
    }, cancellationToken);

    /// <exception cref="KeyNameTakenException">A live key of the tenant has this name.</exception>
    public Task<IssuedKey> CreateAsync(NewKey request, CancellationToken cancellationToken)
    {
        RequireText(request.Name, nameof(NewKey.Name));
        RequireText(request.Tenant, nameof(NewKey.Tenant));
        if (request.Team is not null)
            RequireText(request.Team, nameof(NewKey.Team));
        var now = Whole(time.GetUtcNow());
        if (request.ExpiresAt <= now)
            throw new ArgumentException("A key cannot expire in the past.", nameof(request));
        string secret = KeyFormat.NewSecret(random);
        var key = new VirtualKey
        {
            Id = "key_" + Base62.Random(IdCharacters, random),
            Name = request.Name,
            Tenant = request.Tenant,
            Team = request.Team,
            Hash = hasher.Hash(secret),
            Hint = KeyFormat.HintOf(secret),
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt is { } end ? Whole(end) : null,
            Models = request.Models.Count == 0 ? ["*"] : [.. request.Models],
            Labels = request.Labels,
            AllowLabels = request.AllowLabels,
        };
        if (snapshots.Current.Keys.Values.Any(k => k.Tenant == key.Tenant && k.Name == key.Name))
            throw new KeyNameTakenException(key.Tenant, key.Name);
        return control.UseAsync(database =>
        {
            database.InTransaction(() => Insert(database, key));
            directory.Stored.Put(key);
            return new IssuedKey(key, secret);
        }, cancellationToken);
    }

    public async Task<IReadOnlyList<VirtualKey>> ListAsync(CancellationToken cancellationToken)
    {
        var stored = await control.UseAsync(static database =>
        {
            using var query = database.Prepare($"SELECT {Columns} FROM virtual_keys");
            return ReadAll(query);
        }, cancellationToken).ConfigureAwait(false);
        return [.. stored.Concat(snapshots.Current.Keys.Values).OrderByDescending(k => k.CreatedAt).ThenBy(k => k.Id, StringComparer.Ordinal)];
    }

    /// <remarks>By name, the live key of that name, else the one revoked last. Revoking twice keeps the first time.</remarks>
    /// <exception cref="ArgumentException">Live keys of two tenants have this name; use the id.</exception>
    public Task<VirtualKey?> RevokeAsync(string idOrName, CancellationToken cancellationToken) => control.UseAsync(database =>
    {
        var revoked = database.InTransaction(() =>
        {
            using var query = database.Prepare($"SELECT {Columns} FROM virtual_keys WHERE id = ?1 OR name = ?1 ORDER BY id = ?1 DESC, revoked IS NULL DESC, revoked DESC");
            var found = ReadAll(query.Bind(1, idOrName));
            if (found.Count == 0 || found[0].RevokedAt is not null)
                return found.FirstOrDefault();
            if (found[0].Id != idOrName && found.Count(k => k.RevokedAt is null) > 1)
                throw new ArgumentException($"More than one live key is named '{idOrName}'; use the key's id.", nameof(idOrName));
            var key = found[0] with { RevokedAt = Whole(time.GetUtcNow()) };
            using var update = database.Prepare("UPDATE virtual_keys SET revoked = ? WHERE id = ?");
            update.Bind(1, UnixMicros.From(key.RevokedAt)).Bind(2, key.Id).Run();
            return key;
        });
        if (revoked is not null)
            directory.Stored.Put(revoked);
        return revoked;
    }, cancellationToken);

    private int Load(SqliteDatabase database)
    {
        // Taken first: a change that slips in between is read now and again at the next refresh.
        _dataVersion = DataVersion(database);
        using var query = database.Prepare($"SELECT {Columns} FROM virtual_keys ORDER BY seq");
        var reader = new KeyRowReader();
        int count = 0;
        for (; query.Step(); count++)
            directory.Stored.Put(reader.Read(query));
        return count;
    }

    private static long DataVersion(SqliteDatabase database)
    {
        using var query = database.Prepare("PRAGMA data_version");
        return query.Scalar() ?? 0;
    }

    private static List<VirtualKey> ReadAll(SqliteStatement query)
    {
        var reader = new KeyRowReader();
        var found = new List<VirtualKey>();
        while (query.Step())
            found.Add(reader.Read(query));
        return found;
    }

    private static int Insert(SqliteDatabase database, VirtualKey key)
    {
        using var taken = database.Prepare(
            "SELECT 1 FROM virtual_keys WHERE name = ? AND tenant = ? AND revoked IS NULL AND (expires IS NULL OR expires > ?)");
        if (taken.Bind(1, key.Name).Bind(2, key.Tenant).Bind(3, UnixMicros.From(key.CreatedAt)).Scalar() is not null)
            throw new KeyNameTakenException(key.Tenant, key.Name);
        using var rows = new KeyRowWriter(database);
        return rows.Write(key);
    }

    // What is in memory must equal what a restart reads.
    private static DateTimeOffset Whole(DateTimeOffset time) => UnixMicros.ToTime(UnixMicros.From(time));

    private static void RequireText(string text, string what)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxName || text.Any(char.IsControl))
            throw new ArgumentException($"{what} must have 1 to {MaxName} characters and no control characters.", what);
    }
}
