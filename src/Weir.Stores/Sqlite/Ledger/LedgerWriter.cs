using Weir.Core.Catalog;
using Weir.Core.Metering;

namespace Weir.Stores.Sqlite.Ledger;

/// <summary>Writes batches, one transaction each, with statements prepared once. Used by one thread at a time.</summary>
internal sealed class LedgerWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly TermTable _terms;
    private readonly HourlyTotals _hourly;
    private readonly SqliteStatement _insertIntent;
    private readonly SqliteStatement _deleteIntent;
    private readonly SqliteStatement _insertEntry;
    private readonly SqliteStatement _insertRequest;

    /// <summary>Ids of intents on disk: only their settlements need to look for an intent to delete.</summary>
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public LedgerWriter(SqliteDatabase database)
    {
        _database = database;
        _terms = new TermTable(database);
        _hourly = new HourlyTotals(database);
        _insertIntent = database.Prepare(LedgerRows.Insert("intents", LedgerRows.Entry));
        _deleteIntent = database.Prepare("DELETE FROM intents WHERE request = ? AND attempt = ?");
        _insertEntry = database.Prepare(LedgerRows.Insert("ledger", $"{LedgerRows.Entry}, {LedgerRows.Settlement}"));
        _insertRequest = database.Prepare(LedgerRows.Insert("requests", LedgerRows.Request));
    }

    /// <summary>Writes all of the batch or, when it throws, nothing. Returns how many records the database will never take.</summary>
    public int Write(LedgerBatch batch)
    {
        try
        {
            int rejected = _database.InTransaction(() => WriteRows(batch));
            _terms.Committed();
            foreach (var intent in batch.Intents)
                _open.Add(intent.Id);
            foreach (var entry in batch.Settlements)
                _open.Remove(entry.Id);
            return rejected;
        }
        catch
        {
            _terms.RolledBack();
            throw;
        }
        finally
        {
            _hourly.Clear();
        }
    }

    /// <summary>Settles what a dead process left open: nobody knows what it cost, so nothing is claimed and it is marked. Returns how many.</summary>
    public int SettleAbandoned()
    {
        var batch = new LedgerBatch();
        using (var query = _database.Prepare($"SELECT {LedgerRows.Entry} FROM intents"))
        using (var terms = new TermReader(_database))
        {
            while (query.Step())
            {
                var entry = LedgerRows.ReadEntry(query, terms);
                _open.Add(entry.Id);
                batch.Add(entry with { Settlement = Abandoned });
            }
        }
        Write(batch);
        return batch.Taken;
    }

    public void Dispose()
    {
        _terms.Dispose();
        _hourly.Dispose();
        _insertIntent.Dispose();
        _deleteIntent.Dispose();
        _insertEntry.Dispose();
        _insertRequest.Dispose();
    }

    private static LedgerSettlement Abandoned { get; } = new()
    {
        Outcome = AttemptOutcome.Abandoned,
        Status = 0,
        Usage = default,
        UsageSource = UsageSource.None,
        Cost = Money.Zero,
        PriceState = PriceState.Estimated,
        Duration = TimeSpan.Zero,
    };

    private int WriteRows(LedgerBatch batch)
    {
        int rejected = 0;
        foreach (var intent in batch.Intents)
        {
            LedgerRows.BindEntry(_insertIntent, intent, _terms);
            rejected += Try(_insertIntent, out _);
        }
        foreach (var entry in batch.Settlements)
        {
            var group = LedgerRows.BindEntry(_insertEntry, entry, _terms);
            LedgerRows.BindSettlement(_insertEntry, entry.Settlement!, _terms);
            rejected += Try(_insertEntry, out bool isNew);
            // A second settlement of the same attempt changes nothing, so it must not count either.
            if (isNew)
                _hourly.Add(group, entry.Settlement!);
            if (_open.Contains(entry.Id))
                _deleteIntent.Bind(1, entry.RequestId).Bind(2, entry.Attempt).Run();
        }
        foreach (var request in batch.Requests)
        {
            LedgerRows.BindRequest(_insertRequest, request, _terms);
            rejected += Try(_insertRequest, out _);
        }
        _hourly.Write();
        return rejected;
    }

    /// <summary>1 when the row itself is unacceptable: one bad record must not hold up all that come after it.</summary>
    private static int Try(SqliteStatement insert, out bool inserted)
    {
        inserted = false;
        try
        {
            inserted = insert.Run() == 1;
            return 0;
        }
        catch (SqliteException fault) when (fault.IsRowFault)
        {
            return 1;
        }
    }
}
