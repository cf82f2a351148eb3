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
    public void Hourly_sums_that_mixed_copies_with_calls_are_made_anew_from_the_ledger()
    {
        using var database = SqliteDatabase.Open(_folder.File("weir.db"));
        MigrateTo(database, 7);
        foreach (var (request, cost, hour) in new[] { ("c1", 10, 5), ("c1~1", 3, 5), ("c2", 20, 5), ("c3", 40, 6) })
        {
            database.Execute("INSERT INTO ledger (request, attempt, started, tenant, team, key, model, provider, upstream_model, operation, outcome, status, usage_source, price_state, cost, "
                + "input_uncached, cache_read, cache_write_5m, cache_write_1h, input_audio, input_image, output_visible, reasoning, output_audio, output_image, search_units, "
                + $"service_tier, region, price_row, served_model, error_code, duration) VALUES ('{request}', 1, {hour}*3600000000+7, 1,0,1,1,1,1,1, 0,200,1,{(request == "c2" ? 1 : 2)},{cost}, "
                + "1,2,3,4,5,6,7,8,9,10,11, 0,0,0,0,0,1)");
        }

        Assert.Equal(7, Migrator.Migrate(database, _time));

        using var sums = database.Prepare("SELECT hour || ' ' || shadow || ' ' || attempts || ' ' || estimated || ' ' || unpriced || ' ' || cost || ' ' || search_units || ' ' || characters FROM usage_hourly ORDER BY 1");
        var found = new List<string>();
        while (sums.Step())
            found.Add(sums.Text(0)!);
        Assert.Equal(["5 0 2 1 1 30 22 0", "5 1 1 0 1 3 11 0", "6 0 1 0 1 40 11 0"], found);
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

    /// <summary>The schema as an earlier version left it.</summary>
    private static void MigrateTo(SqliteDatabase database, int version)
    {
        database.Execute("CREATE TABLE schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied INTEGER NOT NULL)");
        foreach (var name in typeof(Migrator).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("migrations/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(version))
        {
            using var reader = new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream(name)!);
            var sql = reader.ReadToEnd();
            database.Execute(SqliteLibrary.HasStrictTables ? sql : sql.Replace(") STRICT, WITHOUT ROWID;", ") WITHOUT ROWID;", StringComparison.Ordinal).Replace(") STRICT;", ");", StringComparison.Ordinal));
            database.Execute($"INSERT INTO schema_version VALUES ({int.Parse(name.AsSpan("migrations/".Length, 4), System.Globalization.CultureInfo.InvariantCulture)}, '{name}', 0)");
        }
    }

    private static string[] Schema(SqliteDatabase database)
    {
        using var query = database.Prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name");
        var found = new List<string>();
        while (query.Step())
            found.Add(query.Text(0));
        return [.. found];
    }
}
