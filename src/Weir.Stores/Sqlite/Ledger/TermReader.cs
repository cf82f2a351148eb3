namespace Weir.Stores.Sqlite.Ledger;

/// <summary>Readers' side of <c>terms</c>: number → text.</summary>
internal sealed class TermReader(SqliteDatabase database) : IDisposable
{
    private const int MaxCached = 50_000;
    private readonly Dictionary<long, string> _texts = [];
    private readonly SqliteStatement _find = database.Prepare("SELECT text FROM terms WHERE id = ?");

    /// <summary>The text, or null for 0.</summary>
    public string? Text(long id) => id == 0 ? null : Required(id);

    /// <summary>The text; empty for 0.</summary>
    public string Required(long id)
    {
        if (id == 0)
            return "";
        if (_texts.TryGetValue(id, out string? text))
            return text;
        if (_texts.Count >= MaxCached)
            _texts.Clear();
        text = _find.Bind(1, id).Step() ? _find.Text(0) : throw new StoreException($"The ledger names text {id}, which does not exist: the file is damaged.");
        _find.Reset();
        _texts.Add(id, text);
        return text;
    }

    public void Dispose() => _find.Dispose();
}
