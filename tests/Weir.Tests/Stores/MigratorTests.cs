using Weir.Stores;
using Weir.Stores.Sqlite;
using Xunit;

namespace Weir.Tests.Stores;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class MigratorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SettableTime _time = new(DateTimeOffset.UnixEpoch.AddDays(1));

    [Fact]
    public void An_empty_file_gets_the_whole_schema_and_reopening_changes_nothing()
    {
        using var database = SqliteDatabase.Open(_folder.File("weir.db"));
        Assert.Equal(0, Migrator.Migrate(database, _time));
        string[] before = Schema(database);
        Assert.Contains(before, sql => sql.Contains("virtual_keys", StringComparison.Ordinal));
        Assert.Equal(Migrator.Latest, Migrator.Migrate(database, _time));
        Assert.Equal(before, Schema(database));
    }

    [Fact]
    public void Tables_are_strict_where_the_library_can()
    {
        Assert.SkipUnless(SqliteLibrary.HasStrictTables, "The library is older than 3.37.");
        using var database = SqliteDatabase.Open(_folder.File("weir.db"));
        Migrator.Migrate(database, _time);
        var fault = Assert.Throws<SqliteException>(() => database.Execute("INSERT INTO tenants VALUES ('a', 'not a number')"));
        Assert.True(fault.IsRowFault);
    }

    [Fact]
    public void A_newer_schema_is_refused_and_left_alone()
    {
        using var database = SqliteDatabase.Open(_folder.File("weir.db"));
        Migrator.Migrate(database, _time);
        database.Execute("INSERT INTO schema_version VALUES (9999, '9999_future.sql', 0)");
        var fault = Assert.Throws<StoreException>(() => Migrator.Migrate(database, _time));
        Assert.Contains("9999", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_that_start_at_once_agree()
    {
        Parallel.For(0, 4, _ =>
        {
            using var database = SqliteDatabase.Open(_folder.File("weir.db"));
            Migrator.Migrate(database, _time);
        });
        using var check = SqliteDatabase.Open(_folder.File("weir.db"));
        using var count = check.Prepare("SELECT count(*) FROM schema_version");
        Assert.Equal(Migrator.Latest, count.Scalar());
    }

    [Fact]
    public void The_files_are_private_also_when_they_were_not()
    {
        string path = _folder.File("weir.db");
        File.WriteAllBytes(path, []);
        File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);
        using var database = SqliteDatabase.Open(path);
        Migrator.Migrate(database, _time);
        Assert.All(Directory.GetFiles(_folder.Path), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
    }

    [Fact]
    public void A_failed_transaction_leaves_nothing()
    {
        using var database = SqliteDatabase.Open(_folder.File("weir.db"));
        Migrator.Migrate(database, _time);
        Assert.Throws<InvalidOperationException>(() => database.InTransaction<int>(() =>
        {
            database.Execute("INSERT INTO tenants VALUES ('a', 1)");
            throw new InvalidOperationException();
        }));
        using var count = database.Prepare("SELECT count(*) FROM tenants");
        Assert.Equal(0, count.Scalar());
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Schema(SqliteDatabase database)
    {
        using var query = database.Prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name");
        var found = new List<string>();
        while (query.Step())
            found.Add(query.Text(0));
        return [.. found];
    }
}
