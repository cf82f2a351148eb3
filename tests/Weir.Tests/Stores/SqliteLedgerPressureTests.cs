using Microsoft.Extensions.Logging.Abstractions;
using Weir.Stores.Sqlite;
using Weir.Stores.Sqlite.Ledger;
using Xunit;

namespace Weir.Tests.Stores;

public sealed class SqliteLedgerPressureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LedgerEntries _entries = new(6);

    private SqliteLedger Open(LedgerOptions options) =>
        SqliteLedger.Open(_folder.File("weir.db"), options, TimeProvider.System, NullLogger<SqliteLedger>.Instance);

    [Fact]
    public async Task A_disk_that_refuses_makes_settling_wait_and_loses_nothing()
    {
        await using var ledger = Open(new LedgerOptions
        {
            QueueCapacity = 10,
            BatchRows = 1,
            Interval = TimeSpan.FromMilliseconds(1),
            MinRetry = TimeSpan.FromMilliseconds(5),
            MaxRetry = TimeSpan.FromMilliseconds(10),
        });
        using var saboteur = SqliteDatabase.Open(_folder.File("weir.db"));
        // To the writer this is a database that fails every time, as on a full disk.
        saboteur.Execute("ALTER TABLE ledger RENAME TO ledger_away");

        var settling = Task.Run(async () =>
        {
            for (int n = 0; n < 100; n++)
                await ledger.SettleAsync(_entries.RandomSettled(LedgerEntries.Open(n)));
        });
        // One in the writer's hands, ten in the queue, one waiting for room.
        await Until(() => ledger.Health is { LastError: not null, Depth: 12 });
        ledger.Open(LedgerEntries.Open(1000));
        await Until(() => ledger.Health.OldestAge > TimeSpan.FromMilliseconds(20));
        Assert.False(settling.IsCompleted);
        Assert.Equal(0, ledger.Health.Written);
        Assert.Equal(1, ledger.Health.IntentsSkipped);

        saboteur.Execute("ALTER TABLE ledger_away RENAME TO ledger");
        await settling;
        await ledger.FlushAsync(default);
        Assert.Equal(100, Assert.Single(await ledger.SumAsync(new([], null, null), default)).Attempts);
        Assert.Null(ledger.Health.LastError);
        Assert.Equal((0, 100, 0), (ledger.Health.Depth, ledger.Health.Written, ledger.Health.Rejected));
    }

    [Fact]
    public async Task Closing_writes_what_is_queued()
    {
        await using (var ledger = Open(new LedgerOptions { Interval = TimeSpan.FromHours(1) }))
        {
            for (int n = 0; n < 100; n++)
                await ledger.SettleAsync(_entries.RandomSettled(LedgerEntries.Open(n)));
            Assert.Equal(100, ledger.Health.Depth);
        }
        using var reader = SqliteLedgerReader.Open(_folder.File("weir.db"));
        Assert.Equal(100, Assert.Single(await reader.SumAsync(new([], null, null), default)).Attempts);
    }

    [Fact]
    public async Task A_full_batch_is_written_without_waiting_for_the_interval()
    {
        await using var ledger = Open(new LedgerOptions { Interval = TimeSpan.FromHours(1), BatchRows = 50 });
        for (int n = 0; n < 50; n++)
            await ledger.SettleAsync(_entries.RandomSettled(LedgerEntries.Open(n)));
        await Until(() => ledger.Health.Written >= 50);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
            await Task.Delay(5, limit.Token);
    }
}
