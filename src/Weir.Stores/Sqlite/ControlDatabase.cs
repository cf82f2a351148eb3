using Weir.Stores.Secrets;

namespace Weir.Stores.Sqlite;

/// <summary>
/// The connection for control data (keys, credentials): one user at a time, work off the caller's thread. Creating it
/// brings the file to the current schema and makes sure the master key is the one the file was filled with.
/// </summary>
public sealed class ControlDatabase : IDisposable
{
    private const string MasterKeyName = "master_key_id";
    private readonly SqliteDatabase _database;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private ControlDatabase(SqliteDatabase database) => _database = database;

    /// <exception cref="StoreException">Newer schema, or another master key.</exception>
    public static ControlDatabase Open(string path, InstallationSecrets secrets, TimeProvider time)
    {
        var database = SqliteDatabase.Open(path);
        try
        {
            Migrator.Migrate(database, time);
            RequireMasterKey(database, secrets);
            return new ControlDatabase(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    internal async Task<T> UseAsync<T>(Func<SqliteDatabase, T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => work(_database), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _database.Dispose();
    }

    private static void RequireMasterKey(SqliteDatabase database, InstallationSecrets secrets) => database.InTransaction(() =>
    {
        using var insert = database.Prepare("INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING");
        insert.Bind(1, MasterKeyName).Bind(2, secrets.MasterKeyId).Run();
        using var query = database.Prepare("SELECT value FROM installation WHERE name = ?");
        query.Bind(1, MasterKeyName).Step();
        string known = query.Text(0);
        query.Reset();
        // Going on would make every stored key "unknown" and every stored credential unreadable, without a word.
        return known == secrets.MasterKeyId ? 0 : throw new StoreException(
            $"The database belongs to master key {known}, but {secrets.MasterKeySource} is {secrets.MasterKeyId}. Restore the right master key.");
    });
}
