using Weir.Core.Identity;
using Xunit;

namespace Weir.Core.Tests.Identity;

public sealed class KeyTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_found_key_equals_the_one_put_in()
    {
        var table = new KeyTable();
        IReadOnlyList<string> models = ["gpt-*", "claude-*"];
        var key = Keys.Make(1) with { ExpiresAt = Now.AddDays(1), Models = models, ShowRoutingHeaders = false, Name = "Straße ✓" };
        table.Put(key);
        Assert.Equal(key, table.Find(key.Hash));
        Assert.Null(table.Find(Keys.HashOf(2)));
    }

    [Fact]
    public void Revocation_is_seen_by_the_next_lookup_and_the_key_stays_known()
    {
        var table = new KeyTable();
        table.Put(Keys.Make(1));
        Assert.Null(table.Find(Keys.HashOf(1))!.RevokedAt);
        table.Put(Keys.Make(1) with { RevokedAt = Now });
        Assert.Equal(Now, table.Find(Keys.HashOf(1))!.RevokedAt);
        Assert.Equal(1, table.Count);
    }

    [Fact]
    public async Task Readers_always_find_what_was_there_while_a_writer_grows_the_table()
    {
        var table = Filled(100);
        int written = 100;
        bool done = false;
        var readers = Enumerable.Range(1, 2).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            long looked = 0;
            while (!Volatile.Read(ref done) || looked < 1000)
            {
                int n = random.Next(Volatile.Read(ref written));
                var key = table.Find(Keys.HashOf(n));
                Assert.Equal($"key_{n:D16}", key?.Id);
                Assert.Equal($"tenant-{n % 50}", key!.Tenant);
                looked++;
            }
        })).ToArray();
        for (int n = 100; n < 60_000; n++)
        {
            table.Put(Keys.Make(n));
            Volatile.Write(ref written, n + 1);
        }
        Volatile.Write(ref done, true);
        await Task.WhenAll(readers);
        Assert.Equal(60_000, table.Count);
    }

    private static KeyTable Filled(int count)
    {
        var table = new KeyTable();
        for (int n = 0; n < count; n++)
            table.Put(Keys.Make(n));
        return table;
    }
}
