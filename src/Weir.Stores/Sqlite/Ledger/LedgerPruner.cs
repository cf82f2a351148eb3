namespace Weir.Stores.Sqlite.Ledger;

/// <summary>
/// Retention. Deletes in short transactions on a connection of its own, so that the writer never waits long. Freed pages
/// are used again; the file does not shrink.
/// </summary>
public sealed class LedgerPruner(string path)
{
    private const int Chunk = 5_000;

    /// <summary>Deletes both: <see cref="PruneRequestsAsync"/> and <see cref="PruneLedgerAsync"/>. Returns the rows deleted.</summary>
    public async Task<long> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        await PruneRequestsAsync(before, cancellationToken).ConfigureAwait(false)
        + await PruneLedgerAsync(before, cancellationToken).ConfigureAwait(false);

    /// <summary>Deletes calls, with their decision records, that started earlier. Their cost stays in the ledger.</summary>
    public Task<long> PruneRequestsAsync(DateTimeOffset before, CancellationToken cancellationToken) => Task.Run(() =>
    {
        using var database = SqliteDatabase.Open(path);
        return Delete(database, "DELETE FROM requests WHERE seq IN (SELECT seq FROM requests WHERE started < ?1 LIMIT ?2)",
            UnixMicros.CeilingFrom(before), cancellationToken);
    }, cancellationToken);

    /// <summary>Deletes settled attempts and their hourly sums, of whole hours before the one that holds <paramref name="before"/>.</summary>
    public Task<long> PruneLedgerAsync(DateTimeOffset before, CancellationToken cancellationToken) => Task.Run(() =>
    {
        long hour = UnixMicros.HourOf(UnixMicros.From(before));
        using var database = SqliteDatabase.Open(path);
        Delete(database, "DELETE FROM usage_hourly WHERE (hour, tenant, team, key, model, provider, shadow) IN "
            + "(SELECT hour, tenant, team, key, model, provider, shadow FROM usage_hourly WHERE hour < ?1 LIMIT ?2)", hour, cancellationToken);
        return Delete(database, "DELETE FROM ledger WHERE (request, attempt) IN (SELECT request, attempt FROM ledger WHERE started < ?1 LIMIT ?2)",
            hour * UnixMicros.PerHour, cancellationToken);
    }, cancellationToken);

    private static long Delete(SqliteDatabase database, string sql, long before, CancellationToken cancellationToken)
    {
        using var delete = database.Prepare(sql);
        delete.Bind(1, before).Bind(2, Chunk);
        long total = 0;
        for (int deleted = Chunk; deleted == Chunk; total += deleted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            deleted = delete.Run();
        }
        return total;
    }
}
