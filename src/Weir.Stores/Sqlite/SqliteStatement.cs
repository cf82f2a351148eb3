using System.Text;
using System.Text.Unicode;
using SQLitePCL;

namespace Weir.Stores.Sqlite;

/// <summary>
/// One prepared statement. Parameters count from 1 and keep their values from run to run; a number that has not changed
/// is not bound again, which is most of them when rows are written in batches.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly sqlite3_stmt _handle;
    private readonly long[] _bound;
    private readonly bool[] _isBound;

    internal SqliteStatement(SqliteDatabase database, sqlite3_stmt handle)
    {
        _database = database;
        _handle = handle;
        int parameters = raw.sqlite3_bind_parameter_count(handle) + 1;
        _bound = new long[parameters];
        _isBound = new bool[parameters];
    }

    public SqliteStatement Bind(int index, long value)
    {
        if (!_isBound[index] || _bound[index] != value)
        {
            _database.Check(raw.sqlite3_bind_int64(_handle, index, value));
            (_bound[index], _isBound[index]) = (value, true);
        }
        return this;
    }

    public SqliteStatement Bind(int index, long? value)
    {
        if (value is { } number)
            return Bind(index, number);
        _isBound[index] = false;
        _database.Check(raw.sqlite3_bind_null(_handle, index));
        return this;
    }

    public SqliteStatement Bind(int index, string? value)
    {
        _isBound[index] = false;
        Span<byte> utf8 = stackalloc byte[256];
        // An empty span would bind NULL, and long text does not fit the stack: both take the slow way.
        int code = value is { Length: > 0 and <= 256 } && Utf8.FromUtf16(value, utf8, out _, out int length) == default
            ? raw.sqlite3_bind_text(_handle, index, utf8[..length])
            : value is null ? raw.sqlite3_bind_null(_handle, index) : raw.sqlite3_bind_text(_handle, index, value);
        _database.Check(code);
        return this;
    }

    public SqliteStatement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        _isBound[index] = false;
        _database.Check(raw.sqlite3_bind_blob(_handle, index, value));
        return this;
    }

    /// <summary>Moves to the next row; false, and ready for the next run, when there is none.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(_handle);
        if (code == raw.SQLITE_ROW)
            return true;
        try
        {
            _database.Check(code);
        }
        finally
        {
            raw.sqlite3_reset(_handle);
        }
        return false;
    }

    /// <summary>Runs a statement that returns no rows; returns how many it changed.</summary>
    public int Run()
    {
        while (Step())
        {
        }
        return _database.Changes;
    }

    /// <summary>First column of the only row, or null when there is no row or it holds NULL.</summary>
    public long? Scalar()
    {
        long? value = Step() ? Nullable(0) : null;
        Reset();
        return value;
    }

    /// <summary>Ends a run before its last row.</summary>
    public void Reset() => raw.sqlite3_reset(_handle);

    public long Long(int column) => raw.sqlite3_column_int64(_handle, column);

    public long? Nullable(int column) =>
        raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL ? null : Long(column);

    public string Text(int column) => Encoding.UTF8.GetString(Blob(column));

    public string? NullableText(int column) =>
        raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL ? null : Text(column);

    /// <summary>Bytes of a blob or text column; valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_handle, column);

    public void Dispose() => _handle.Dispose();
}
