using Weir.Core.Metering;

namespace Weir.Tests.Admin;

/// <summary>A ledger in memory: calls in order of arrival.</summary>
internal sealed class FakeLedger : ILedgerReader
{
    private readonly Lock _gate = new();
    private readonly List<RequestRecord> _calls = [];

    public List<LedgerEntry> Entries { get; } = [];
    public List<UsageRow> Rows { get; } = [];
    public UsageQuery? LastUsage { get; private set; }
    public RequestQuery? LastList { get; private set; }

    public void Add(RequestRecord call)
    {
        lock (_gate)
            _calls.Add(call);
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<UsageRow>> SumAsync(UsageQuery query, CancellationToken cancellationToken)
    {
        LastUsage = query;
        return Task.FromResult<IReadOnlyList<UsageRow>>([.. Rows]);
    }

    public Task<IReadOnlyList<RequestRecord>> ListAsync(RequestQuery query, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            LastList = query;
            var matching = _calls.Where(c => (query.Model is null || c.Model == query.Model) && (query.KeyId is null || c.KeyId == query.KeyId) && (!query.FailedOnly || c.Outcome != "ok"));
            var found = query.AfterId is null
                ? matching.Reverse()
                : matching.Where(c => _calls.IndexOf(c) > _calls.FindIndex(x => x.Id == query.AfterId));
            return Task.FromResult<IReadOnlyList<RequestRecord>>([.. found.Take(query.Limit)]);
        }
    }

    public Task<(RequestRecord Request, IReadOnlyList<LedgerEntry> Attempts)?> FindAsync(string requestId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<(RequestRecord, IReadOnlyList<LedgerEntry>)?>(_calls.Find(c => c.Id == requestId) is { } call
                ? (call, [.. Entries.Where(e => e.RequestId == requestId)])
                : null);
        }
    }

    /// <summary>What <see cref="ReadAsync"/> gives after all calls, for ever; null = it ends.</summary>
    public RequestRecord? Endless { get; set; }

    /// <summary>The last reader of <see cref="Endless"/> was told to stop.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>How many it had read.</summary>
    public long Read { get; private set; }

    public async IAsyncEnumerable<RequestRecord> ReadAsync(DateTimeOffset since, DateTimeOffset until,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<RequestRecord> calls;
        lock (_gate)
            calls = [.. _calls.Where(c => c.StartedAt >= since && c.StartedAt < until).OrderBy(c => c.StartedAt)];
        foreach (var call in calls)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return call;
        }
        while (Endless is { } again)
        {
            if (Read++ % 100 == 0)
                await Task.Yield();
            if (cancellationToken.IsCancellationRequested)
            {
                IsStopped = true;
                cancellationToken.ThrowIfCancellationRequested();
            }
            yield return again;
        }
    }
}
