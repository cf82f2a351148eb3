using Weir.Core.Metering;

namespace Weir.Stores.Sqlite.Ledger;

/// <summary>What goes to disk in one transaction. An intent whose settlement is in the same batch is not written at all.</summary>
internal sealed class LedgerBatch
{
    private readonly Dictionary<string, LedgerEntry> _intents = new(StringComparer.Ordinal);

    public IReadOnlyCollection<LedgerEntry> Intents => _intents.Values;
    public List<LedgerEntry> Settlements { get; } = [];
    public List<RequestRecord> Requests { get; } = [];

    /// <summary>Callers to tell when the batch is on disk.</summary>
    public List<TaskCompletionSource> Waiters { get; } = [];

    /// <summary>Records taken from the queue.</summary>
    public int Taken { get; private set; }

    public void Add(object item)
    {
        Taken++;
        switch (item)
        {
            case LedgerEntry { Settlement: null } intent:
                _intents.TryAdd(intent.Id, intent);
                break;
            case LedgerEntry settled:
                _intents.Remove(settled.Id);
                Settlements.Add(settled);
                break;
            case RequestRecord request:
                Requests.Add(request);
                break;
            case TaskCompletionSource waiter:
                Waiters.Add(waiter);
                break;
        }
    }

    public void Clear()
    {
        _intents.Clear();
        Settlements.Clear();
        Requests.Clear();
        Waiters.Clear();
        Taken = 0;
    }
}
