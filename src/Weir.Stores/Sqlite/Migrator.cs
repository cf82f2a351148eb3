using System.Reflection;
using System.Text.RegularExpressions;

namespace Weir.Stores.Sqlite;

/// <summary>
/// Brings a file to the schema of this program: numbered scripts, each run once, forward only, all in one transaction.
/// A file of a newer program is refused, since an older one would write rows the newer cannot trust.
/// </summary>
internal static partial class Migrator
{
    private const string Folder = "migrations/";

    /// <summary>The schema this program knows.</summary>
    public static int Latest => Scripts().Max(s => s.Version);

    /// <summary>Runs what is missing; returns the version the file had before.</summary>
    public static int Migrate(SqliteDatabase database, TimeProvider time) => database.InTransaction(() =>
    {
        database.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied INTEGER NOT NULL)");
        int found = Found(database);
        if (found > Latest)
        {
            throw new StoreException(
                $"The database has schema {found}, this program knows {Latest}: it was written by a newer Weir. Start that version, or restore a backup.");
        }
        using var record = database.Prepare("INSERT INTO schema_version (version, name, applied) VALUES (?, ?, ?)");
        foreach (var (version, name) in Scripts().Where(s => s.Version > found))
        {
            database.Execute(Read(name));
            record.Bind(1, version).Bind(2, name).Bind(3, UnixMicros.From(time.GetUtcNow())).Run();
        }
        return found;
    });

    private static int Found(SqliteDatabase database)
    {
        using var query = database.Prepare("SELECT max(version) FROM schema_version");
        return (int)(query.Scalar() ?? 0);
    }

    private static IEnumerable<(int Version, string Name)> Scripts() =>
        from resource in Assembly.GetExecutingAssembly().GetManifestResourceNames()
        where resource.StartsWith(Folder, StringComparison.Ordinal)
        let name = resource[Folder.Length..]
        orderby name
        select (int.Parse(name.AsSpan(0, 4), provider: null), name);

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name)!;
        using var reader = new StreamReader(stream);
        string sql = reader.ReadToEnd();
        return SqliteLibrary.HasStrictTables ? sql : Strict().Replace(sql, ")$1;");
    }

    [GeneratedRegex(@"\) STRICT(?:,( WITHOUT ROWID))?;")]
    private static partial Regex Strict();
}
