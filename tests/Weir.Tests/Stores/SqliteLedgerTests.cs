using System.Numerics;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Core.Catalog;
using Weir.Core.Metering;
using Weir.Stores;
using Weir.Stores.Sqlite.Ledger;
using Xunit;

namespace Weir.Tests.Stores;

public sealed class SqliteLedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LedgerEntries _entries = new(5);

    private SqliteLedger Open(LedgerOptions? options = null, string file = "weir.db") =>
        SqliteLedger.Open(_folder.File(file), options ?? new LedgerOptions(), TimeProvider.System, NullLogger<SqliteLedger>.Instance);

    [Fact]
    public async Task A_call_comes_back_with_its_attempts_exactly_as_recorded()
    {
        await using var ledger = Open();
        var first = _entries.RandomOpen(1, 1, TimeSpan.FromHours(1));
        var second = _entries.RandomOpen(1, 2, TimeSpan.FromHours(1));
        ledger.Open(first);
        await ledger.FlushAsync(default);
        var (settledFirst, settledSecond) = (_entries.RandomSettled(first), _entries.RandomSettled(second));
        await ledger.SettleAsync(settledFirst);
        ledger.Open(second);
        await ledger.SettleAsync(settledSecond);
        var request = _entries.RandomRequest(1);
        await ledger.RecordAsync(request);

        var found = await ledger.FindAsync(request.Id, default);
        Assert.Equal([settledFirst, settledSecond], found!.Value.Attempts);
        Assert.Equal(request with { Decision = default }, found.Value.Request with { Decision = default });
        Assert.Equal(request.Decision.ToArray(), found.Value.Request.Decision.ToArray());
        Assert.Null(await ledger.FindAsync("nothing", default));
        Assert.Equal(5, ledger.Health.Written);
    }

    [Fact]
    public async Task An_attempt_under_way_is_shown_and_not_summed()
    {
        await using var ledger = Open();
        ledger.Open(LedgerEntries.Open(1));
        await ledger.RecordAsync(_entries.RandomRequest(1));
        Assert.Null(Assert.Single((await ledger.FindAsync(LedgerEntries.RequestId(1), default))!.Value.Attempts).Settlement);
        Assert.Equal(0, Assert.Single(await ledger.SumAsync(new([], null, null), default)).Attempts);
    }

    [Fact]
    public async Task The_first_settlement_stands()
    {
        await using var ledger = Open();
        var entry = LedgerEntries.Open(1);
        var (first, second) = (_entries.RandomSettled(entry), _entries.RandomSettled(entry));
        await ledger.SettleAsync(first);
        await ledger.SettleAsync(second);
        await ledger.FlushAsync(default);
        await ledger.SettleAsync(second);
        var row = Assert.Single(await ledger.SumAsync(new([], null, null), default));
        Assert.Equal((1, first.Settlement!.Cost), (row.Attempts, row.Cost));
    }

    [Fact]
    public async Task Attempts_left_open_by_a_dead_process_are_abandoned_once()
    {
        var open = LedgerEntries.Open(1);
        // A copy of the files while the process lives is what a killed process leaves behind.
        await using (var ledger = Open())
        {
            ledger.Open(open);
            ledger.Open(LedgerEntries.Open(2));
            await ledger.SettleAsync(_entries.RandomSettled(LedgerEntries.Open(2)));
            await ledger.RecordAsync(_entries.RandomRequest(1));
            await ledger.FlushAsync(default);
            foreach (string suffix in new[] { "", "-wal" })
                File.Copy(_folder.File("weir.db" + suffix), _folder.File("copy.db" + suffix));
        }
        await using (var next = Open(file: "copy.db"))
        {
            Assert.Equal(1, next.Health.Abandoned);
            var end = Assert.Single((await next.FindAsync(open.RequestId, default))!.Value.Attempts).Settlement!;
            Assert.Equal((AttemptOutcome.Abandoned, PriceState.Estimated, UsageSource.None, 0),
                (end.Outcome, end.PriceState, end.UsageSource, end.Cost.Picos));
            Assert.True(end.Usage.IsEmpty);
            var row = Assert.Single(await next.SumAsync(new([UsageDimension.Tenant], null, null), default));
            Assert.Equal(2, row.Attempts);
        }
        await using var third = Open(file: "copy.db");
        Assert.Equal(0, third.Health.Abandoned);
    }

    [Fact]
    public async Task Ten_thousand_attempts_in_random_order_sum_to_an_independent_reference()
    {
        var random = new Random(99);
        var span = TimeSpan.FromHours(75);
        var opened = new List<LedgerEntry>();
        for (int request = 0; opened.Count < 10_000; request++)
        {
            for (int attempt = 1; attempt <= random.Next(1, 4); attempt++)
                opened.Add(_entries.RandomOpen(request, attempt, span));
        }
        var truth = new Dictionary<string, LedgerEntry>();
        var steps = new List<(bool Settle, LedgerEntry Entry)>();
        foreach (var entry in opened)
        {
            steps.Add((false, entry));
            if (random.Next(10) == 0)
                continue;
            var settled = _entries.RandomSettled(entry);
            truth.Add(entry.Id, settled);
            steps.Add((true, settled));
            if (random.Next(5) == 0)
                steps.Add((true, settled));
        }
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(steps));

        await using (var ledger = Open(new LedgerOptions { BatchRows = 300, Interval = TimeSpan.FromMilliseconds(1) }))
        {
            await Task.WhenAll(steps.Chunk(steps.Count / 4 + 1).Select(part => Task.Run(async () =>
            {
                foreach (var (settle, entry) in part)
                {
                    if (settle)
                        await ledger.SettleAsync(entry);
                    else
                        ledger.Open(entry);
                }
            })));
            await Compare(ledger, [.. truth.Values], random);
            Assert.Equal((0, 0, 0), (ledger.Health.Depth, ledger.Health.Rejected, ledger.Health.IntentsSkipped));
        }
        await using (var again = Open())
        {
            foreach (var entry in opened.Where(e => !truth.ContainsKey(e.Id)))
                truth.Add(entry.Id, Abandoned(entry));
            await Compare(again, [.. truth.Values], random);
        }
    }

    [Fact]
    public async Task A_retry_at_another_provider_is_one_call_in_all_and_one_at_each()
    {
        await using var ledger = Open();
        await ledger.SettleAsync(_entries.RandomSettled(LedgerEntries.Open(1, 1, "openai")));
        await ledger.SettleAsync(_entries.RandomSettled(LedgerEntries.Open(1, 2, "openai")));
        await ledger.SettleAsync(_entries.RandomSettled(LedgerEntries.Open(1, 3, "anthropic")));
        var all = Assert.Single(await ledger.SumAsync(new([UsageDimension.Tenant], null, null), default));
        Assert.Equal((1, 3), (all.Calls, all.Attempts));
        var each = await ledger.SumAsync(new([UsageDimension.Provider], null, null), default);
        Assert.Equal([("anthropic", 1, 1), ("openai", 1, 2)],
            each.Select(r => (r.Group[0], (int)r.Calls, (int)r.Attempts)).Order());
    }

    [Fact]
    public async Task Calls_are_listed_newest_first_filtered_and_followed()
    {
        await using var ledger = Open();
        var calls = Enumerable.Range(0, 300).Select(_entries.RandomRequest).ToList();
        foreach (var call in calls)
            await ledger.RecordAsync(call);
        Assert.Equal(calls.AsEnumerable().Reverse().Take(20).Select(c => c.Id), Ids(await ledger.ListAsync(new(20), default)));
        Assert.Equal(calls.Skip(101).Take(50).Select(c => c.Id), Ids(await ledger.ListAsync(new(50, calls[100].Id), default)));
        Assert.Equal(
            calls.Where(c => c is { Tenant: "acme", KeyId: "key_1", Model: "gpt-5", Outcome: not "ok" }).Reverse().Select(c => c.Id),
            Ids(await ledger.ListAsync(new(1000, null, "acme", "key_1", "gpt-5", FailedOnly: true), default)));

        // A call that began earlier but ended later is not missed by a follower.
        await ledger.RecordAsync(_entries.RandomRequest(500));
        await ledger.RecordAsync(_entries.RandomRequest(400));
        Assert.Equal([LedgerEntries.RequestId(400)], Ids(await ledger.ListAsync(new(10, LedgerEntries.RequestId(500)), default)));

        static IEnumerable<string> Ids(IEnumerable<RequestRecord> found) => found.Select(r => r.Id);
    }

    [Fact]
    public async Task Pruning_removes_what_is_older_and_keeps_sums_equal_to_the_ledger()
    {
        await using var ledger = Open();
        var settled = Enumerable.Range(0, 2000).Select(n => _entries.RandomSettled(_entries.RandomOpen(n, 1, TimeSpan.FromHours(10)))).ToList();
        foreach (var entry in settled)
            await ledger.SettleAsync(entry);
        foreach (int n in Enumerable.Range(0, 100))
            await ledger.RecordAsync(_entries.RandomRequest(n));
        await ledger.FlushAsync(default);

        var pruner = new LedgerPruner(_folder.File("weir.db"));
        Assert.Equal(40, await pruner.PruneRequestsAsync(LedgerEntries.Start.AddSeconds(40), default));
        Assert.Equal(60, (await ledger.ListAsync(new(1000), default)).Count);
        await pruner.PruneLedgerAsync(LedgerEntries.Start.AddHours(4.5), default);
        await Compare(ledger, [.. settled.Where(e => e.StartedAt >= LedgerEntries.Start.AddHours(4))], new Random(1));
    }

    [Fact]
    public async Task A_second_writer_is_refused_and_a_reader_is_not()
    {
        await using var ledger = Open();
        Assert.Throws<StoreException>(() => Open());
        await ledger.SettleAsync(_entries.RandomSettled(LedgerEntries.Open(1)));
        await ledger.FlushAsync(default);
        using var reader = SqliteLedgerReader.Open(_folder.File("weir.db"));
        Assert.Equal(1, Assert.Single(await reader.SumAsync(new([], null, null), default)).Attempts);
    }

    [Fact]
    public async Task Absurd_numbers_are_cut_and_marked_and_sums_still_work()
    {
        await using var ledger = Open();
        for (int n = 0; n < 50; n++)
        {
            var entry = _entries.RandomSettled(LedgerEntries.Open(n));
            await ledger.SettleAsync(entry with
            {
                Settlement = entry.Settlement! with
                {
                    Usage = new() { InputUncached = long.MaxValue, Reasoning = -5 },
                    Cost = new Money(long.MaxValue),
                    PriceState = PriceState.Priced,
                },
            });
        }
        var row = Assert.Single(await ledger.SumAsync(new([], null, null), default));
        Assert.Equal((50, 50, 0), (row.Attempts, row.Estimated, row.Usage.Reasoning));
        Assert.Equal(50_000_000_000_000, row.Usage.InputUncached);
    }

    [Fact]
    public async Task Long_and_odd_texts_do_not_hold_up_the_writer()
    {
        await using var ledger = Open();
        string endless = new('m', 100_000);
        await ledger.RecordAsync(_entries.RandomRequest(1) with { Model = endless, Tenant = "", Team = "\ud800 lone\0nul" });
        var call = Assert.Single(await ledger.ListAsync(new(10, Model: endless), default));
        Assert.Equal(256, call.Model!.Length);
        Assert.Equal("", call.Tenant);
    }

    [Fact]
    public void Stored_numbers_of_enums_never_change()
    {
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], new[] { AttemptOutcome.Ok, AttemptOutcome.Rejected, AttemptOutcome.Failed, AttemptOutcome.Cut,
            AttemptOutcome.TimedOut, AttemptOutcome.ClientGone, AttemptOutcome.Unreachable, AttemptOutcome.Abandoned }.Select(o => (int)o));
        Assert.Equal([0, 1, 2, 3], new[] { UsageSource.None, UsageSource.Reported, UsageSource.Running, UsageSource.Estimated }.Select(s => (int)s));
        Assert.Equal([0, 1, 2], new[] { PriceState.Priced, PriceState.Estimated, PriceState.Unpriced }.Select(s => (int)s));
    }

    public void Dispose() => _folder.Dispose();

    private static LedgerEntry Abandoned(LedgerEntry entry) => entry with
    {
        Settlement = new LedgerSettlement
        {
            Outcome = AttemptOutcome.Abandoned,
            Status = 0,
            Usage = default,
            UsageSource = UsageSource.None,
            Cost = Money.Zero,
            PriceState = PriceState.Estimated,
            Duration = default,
        },
    };

    private static async Task Compare(SqliteLedger ledger, LedgerEntry[] truth, Random random)
    {
        var dimensions = Enum.GetValues<UsageDimension>();
        for (int n = 0; n < 25; n++)
        {
            random.Shuffle(dimensions);
            var query = new UsageQuery(dimensions[..random.Next(4)], Time(), Time(),
                Maybe("acme"), Maybe("search"), Maybe("key_2"), Maybe("gpt-5"), random.Next(4) switch { 0 => UsageKind.Call, 1 => UsageKind.Copy, _ => null });
            var expected = LedgerReference.Sum(truth, query);
            var actual = await ledger.SumAsync(query, default);
            if (query.GroupBy.Count == 0 && expected.Count == 0)
            {
                Assert.Equal(0, Assert.Single(actual).Attempts);
                continue;
            }
            Assert.Equal(expected.Count, actual.Count);
            foreach (var row in actual)
            {
                var (cost, usage, calls, attempts, estimated, unpriced) = expected[string.Join('|', row.Group)];
                Assert.Equal((calls, attempts, estimated, unpriced), (row.Calls, row.Attempts, row.Estimated, row.Unpriced));
                Assert.Equal(cost, row.Cost.Picos);
                Assert.Equal(usage, LedgerReference.Classes(row.Usage).Select(v => (BigInteger)v));
            }
        }

        DateTimeOffset? Time() => random.Next(3) switch
        {
            0 => null,
            1 => LedgerEntries.Start.AddHours(random.Next(80)),
            _ => LedgerEntries.Start.AddTicks(random.NextInt64(TimeSpan.FromHours(80).Ticks)),
        };
        string? Maybe(string text) => random.Next(4) == 0 ? text : null;
    }
}
