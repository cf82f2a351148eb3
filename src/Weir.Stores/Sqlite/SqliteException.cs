namespace Weir.Stores.Sqlite;

/// <summary>SQLite refused something. <see cref="Code"/> is its primary result code.</summary>
public sealed class SqliteException(int code, string message) : Exception(message)
{
    private const int Constraint = 19, TooBig = 18, Mismatch = 20, Range = 25;

    public int Code { get; } = code;

    /// <summary>The row itself is unacceptable: trying again cannot help.</summary>
    public bool IsRowFault => Code is Constraint or TooBig or Mismatch or Range;
}
