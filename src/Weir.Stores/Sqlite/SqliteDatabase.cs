using SQLitePCL;

namespace Weir.Stores.Sqlite;

/// <summary>
/// One connection to a SQLite file, and with <see cref="SqliteStatement"/> the only code that sees the package.
/// Not for use by two threads at once (except <see cref="Interrupt"/>).
/// Durability: write-ahead log with <c>synchronous=NORMAL</c>: a committed transaction survives the death of the process;
/// a power failure may take the transactions since the last checkpoint but never harms the file.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int BusyMilliseconds = 5000;
    private readonly sqlite3 _handle;

    private SqliteDatabase(sqlite3 handle) => _handle = handle;

    /// <summary>Opens for reading and writing; makes the file, readable by its owner only, when it is missing.</summary>
    public static SqliteDatabase Open(string path)
    {
        _ = SqliteLibrary.Version;
        // SQLite gives the -wal and -shm files the mode of the main file.
        PrivateFile.EnsureExists(path);
        int code = raw.sqlite3_open_v2(path, out var handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new SqliteDatabase(handle);
        try
        {
            database.Check(code);
            raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
            database.Execute("PRAGMA page_size=8192");
            database.Execute("PRAGMA journal_mode=WAL");
            // A batch must fit the cache, or SQLite writes its pages to the log more than once.
            database.Execute("PRAGMA cache_size=-16384");
            database.Execute("PRAGMA synchronous=NORMAL");
            database.Execute("PRAGMA foreign_keys=ON");
            database.Execute("PRAGMA trusted_schema=OFF");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Runs SQL without parameters: schema and pragmas only, never with text from outside.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>Compiles one statement for many uses.</summary>
    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement));
        return new SqliteStatement(this, statement);
    }

    /// <summary>Runs several reads that all see the same state of the file.</summary>
    public T InSnapshot<T>(Func<T> work) => InTransaction(work, "BEGIN");

    /// <summary>Runs <paramref name="work"/> in one transaction that takes the write lock at once; undone when it throws.</summary>
    public T InTransaction<T>(Func<T> work) => InTransaction(work, "BEGIN IMMEDIATE");

    private T InTransaction<T>(Func<T> work, string begin)
    {
        Execute(begin);
        try
        {
            var result = work();
            Execute("COMMIT");
            return result;
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    /// <summary>Undoes the open transaction, if SQLite has not done so itself (it does on a full disk).</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_handle) == 0)
            raw.sqlite3_exec(_handle, "ROLLBACK");
    }

    /// <summary>Makes the running statement fail soon; from any thread.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_handle);

    internal void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)
            return;
        string message = raw.sqlite3_errmsg(_handle).utf8_to_string();
        throw new SqliteException(code & 0xff, $"SQLite error {code}: {message}");
    }

    public void Dispose() => _handle.Dispose();
}
