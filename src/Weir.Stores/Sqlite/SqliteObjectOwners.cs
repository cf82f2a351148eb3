using Weir.Core.Objects;

namespace Weir.Stores.Sqlite;

/// <summary><see cref="IObjectOwners"/> in the table <c>provider_objects</c>.</summary>
public sealed class SqliteObjectOwners(ControlDatabase control) : IObjectOwners
{
    private const string Columns = "provider, id, kind, tenant, team, key, created, charged, credential";

    public async ValueTask<OwnedObject?> FindAsync(string tenant, string id, CancellationToken cancellationToken) =>
        await control.UseAsync(database =>
        {
            using var query = database.Prepare($"SELECT {Columns} FROM provider_objects WHERE id = ? AND tenant = ? ORDER BY created DESC LIMIT 1");
            return query.Bind(1, id).Bind(2, tenant).Step() ? Read(query) : null;
        }, cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> IsKnownAsync(string id, CancellationToken cancellationToken) =>
        await control.UseAsync(database =>
        {
            using var query = database.Prepare("SELECT 1 FROM provider_objects WHERE id = ? LIMIT 1");
            return query.Bind(1, id).Scalar() is not null;
        }, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlySet<string>> OwnedAsync(string tenant, string provider, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        await control.UseAsync(database =>
        {
            var own = new HashSet<string>(StringComparer.Ordinal);
            using var query = database.Prepare("SELECT 1 FROM provider_objects WHERE provider = ? AND id = ? AND tenant = ?");
            foreach (var id in ids)
            {
                if (query.Bind(1, provider).Bind(2, id).Bind(3, tenant).Scalar() is not null)
                    own.Add(id);
            }
            return own;
        }, cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> HasBeyondAsync(string tenant, string provider, IReadOnlyCollection<string> kinds, string? cursor, bool ascending, TimeSpan slack, CancellationToken cancellationToken) =>
        await control.UseAsync(database =>
        {
            using var place = database.Prepare("SELECT created FROM provider_objects WHERE provider = ? AND id = ? AND tenant = ?");
            var from = cursor is null ? null : place.Bind(1, provider).Bind(2, cursor).Bind(3, tenant).Scalar();
            using var query = database.Prepare($"SELECT 1 FROM provider_objects WHERE tenant = ? AND provider = ? AND kind = ? AND created {(ascending ? ">=" : "<=")} ? AND id <> ? LIMIT 1");
            var bound = (from, ascending) switch
            {
                (null, true) => long.MinValue,
                (null, false) => long.MaxValue,
                (_, true) => from.Value - (slack.Ticks / TimeSpan.TicksPerMicrosecond),
                (_, false) => from.Value + (slack.Ticks / TimeSpan.TicksPerMicrosecond),
            };
            return kinds.Any(kind => query.Bind(1, tenant).Bind(2, provider).Bind(3, kind).Bind(4, bound).Bind(5, cursor ?? "").Scalar() is not null);
        }, cancellationToken).ConfigureAwait(false);

    public async ValueTask AddAsync(IReadOnlyCollection<OwnedObject> objects, CancellationToken cancellationToken) =>
        await control.UseAsync(database => database.InTransaction(() =>
        {
            using var insert = database.Prepare($"INSERT INTO provider_objects ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT DO NOTHING");
            foreach (var item in objects)
            {
                insert.Bind(1, item.Provider).Bind(2, item.Id).Bind(3, item.Kind).Bind(4, item.Tenant).Bind(5, item.Team)
                    .Bind(6, item.KeyId).Bind(7, UnixMicros.From(item.CreatedAt)).Bind(8, item.Credential).Run();
            }
            return objects.Count;
        }), cancellationToken).ConfigureAwait(false);

    public async ValueTask RemoveAsync(string provider, string id, CancellationToken cancellationToken) =>
        await control.UseAsync(database =>
        {
            using var delete = database.Prepare("DELETE FROM provider_objects WHERE provider = ? AND id = ?");
            return delete.Bind(1, provider).Bind(2, id).Run();
        }, cancellationToken).ConfigureAwait(false);

    public async ValueTask<long?> ClaimLinesAsync(string provider, string id, long lines, CancellationToken cancellationToken) =>
        await control.UseAsync(database => database.InTransaction(() =>
        {
            using var query = database.Prepare("SELECT charged FROM provider_objects WHERE provider = ? AND id = ?");
            var before = query.Bind(1, provider).Bind(2, id).Scalar();
            if (before is null || before >= lines)
                return null;
            using var update = database.Prepare("UPDATE provider_objects SET charged = ? WHERE provider = ? AND id = ?");
            update.Bind(1, lines).Bind(2, provider).Bind(3, id).Run();
            return before;
        }), cancellationToken).ConfigureAwait(false);

    private static OwnedObject Read(SqliteStatement row) =>
        new(row.Text(1), row.Text(2), row.Text(0), row.Text(3), row.NullableText(4), row.Text(5), UnixMicros.ToTime(row.Long(6))) { ChargedLines = row.Long(7), Credential = row.NullableText(8) };
}
