namespace Weir.Stores.Sqlite.Ledger;

/// <summary>Writer's side of <c>terms</c>: text → number. New texts become part of the open transaction.</summary>
internal sealed class TermTable : IDisposable
{
    /// <summary>Longer text is cut: model names come from clients.</summary>
    public const int MaxLength = 256;

    private const int MaxCached = 50_000;
    private readonly (string? Text, long Id)[] _last = new (string?, long)[LedgerRows.TermPlaces];
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _new = [];
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _find;

    public TermTable(SqliteDatabase database)
    {
        _insert = database.Prepare("INSERT INTO terms (text) VALUES (?) ON CONFLICT DO NOTHING");
        _find = database.Prepare("SELECT id FROM terms WHERE text = ?");
    }

    /// <summary>The number of a text; 0 for null.</summary>
    public long IdOf(string? text)
    {
        if (text is null)
            return 0;
        return _ids.TryGetValue(text, out long id) ? id : Look(text);
    }

    /// <summary>The same for the text of one column: most often it is the text of the row before, which costs a comparison only.</summary>
    /// <param name="place">Which column, counted in <see cref="LedgerRows"/>.</param>
    /// <param name="text">The text, or null.</param>
    public long IdOf(int place, string? text)
    {
        if (text is null)
            return 0;
        ref var last = ref _last[place];
        if (!string.Equals(last.Text, text, StringComparison.Ordinal))
            last = (text, IdOf(text));
        return last.Id;
    }

    /// <summary>The transaction is on disk.</summary>
    public void Committed()
    {
        _new.Clear();
        if (_ids.Count > MaxCached)
            _ids.Clear();
    }

    /// <summary>The transaction was undone: its numbers mean nothing.</summary>
    public void RolledBack()
    {
        foreach (string text in _new)
            _ids.Remove(text);
        _new.Clear();
        Array.Clear(_last);
    }

    public static string Cut(string text) => text.Length <= MaxLength ? text : text[..MaxLength];

    public void Dispose()
    {
        _insert.Dispose();
        _find.Dispose();
    }

    private long Look(string text)
    {
        string stored = Cut(text);
        _insert.Bind(1, stored).Run();
        long id = _find.Bind(1, stored).Scalar() ?? throw new StoreException("A text is missing right after it was stored.");
        _ids.Add(text, id);
        _new.Add(text);
        return id;
    }
}
