using System.Collections.Concurrent;
using Weir.Stores;
using Weir.Stores.Redis;
using Weir.Tests.Hosting;
using Weir.Tests.Stores;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Replicas;

/// <summary>The scripts and the client against a real redis-server.</summary>
public sealed class RedisStateTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task What_is_told_is_heard_and_kept_until_it_ends()
    {
        await using var redis = await RedisServer.StartAsync();
        var heard = new ConcurrentQueue<string>();
        await using var one = await Connect(redis, _ => { });
        await using var two = await Connect(redis, heard.Enqueue);

        await one.TellAsync("a", "text of a", Minute);
        await one.TellAsync("b", "text of b", TimeSpan.FromMilliseconds(1));
        await one.TellAsync("c", "text of c", Minute);
        await one.TellAsync("c", "c is over", null);

        await Eventually.TrueAsync(() => heard.Count == 4, "four texts");
        Assert.Equal(["text of a", "text of b", "text of c", "c is over"], heard);
        var kept = await Eventually.GetAsync(two.ReadAsync, k => k.Count == 1, "one kept text");
        Assert.Equal("text of a", kept[0].Text);
        Assert.InRange(kept[0].Left, Minute / 2, Minute);
        await two.PingAsync();
    }

    [Fact]
    public async Task What_ends_later_stands_against_what_ends_sooner()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var state = await Connect(redis, _ => { });

        await state.TellAsync("a", "long", Minute);
        await state.TellAsync("a", "short", Minute / 10);
        Assert.Equal("long", Assert.Single(await state.ReadAsync()).Text);
        await state.TellAsync("a", "longer", Minute * 2);
        Assert.Equal("longer", Assert.Single(await state.ReadAsync()).Text);
    }

    [Fact]
    public async Task Nothing_is_left_in_the_server_when_the_last_notice_is_over()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var state = await Connect(redis, _ => { });
        await state.TellAsync("a", "x", TimeSpan.FromMilliseconds(50));
        await state.TellAsync("b", "x", TimeSpan.FromMilliseconds(80));

        await Eventually.GetAsync(() => CountKeysAsync(redis), count => count == 0, "an empty server");
    }

    [Fact]
    public async Task Installations_with_different_prefixes_do_not_hear_each_other()
    {
        await using var redis = await RedisServer.StartAsync();
        var heard = new ConcurrentQueue<string>();
        await using var one = await new RedisConnector(Settings(redis) with { Prefix = "one" }).ConnectAsync(_ => { });
        await using var two = await new RedisConnector(Settings(redis) with { Prefix = "two" }).ConnectAsync(heard.Enqueue);

        await one.TellAsync("a", "from one", Minute);
        await two.TellAsync("a", "from two", Minute);

        await Eventually.TrueAsync(() => !heard.IsEmpty, "its own text");
        Assert.Equal("from two", Assert.Single(heard));
        Assert.Equal("from two", Assert.Single(await two.ReadAsync()).Text);
    }

    [Fact]
    public async Task A_server_that_dies_is_noticed_at_once()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var state = await Connect(redis, _ => { });

        await redis.KillAsync();

        await state.Lost.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<StoreException>(() => state.TellAsync("a", "x", Minute));
    }

    [Fact]
    public async Task Reasons_hold_no_password()
    {
        await using var redis = await RedisServer.StartAsync();
        foreach (var password in new[] { null, "a-wrong-password-0815" })
        {
            var e = await Assert.ThrowsAsync<StoreException>(() => new RedisConnector(Settings(redis) with { Password = password }).ConnectAsync(_ => { }));
            Assert.DoesNotContain("0815", e.Message, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(RedisServer.Password, new RedisConnector(Settings(redis)).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_tls_the_servers_certificate_must_come_from_a_trusted_authority()
    {
        using var authority = new TestCertificates();
        using var stranger = new TestCertificates();
        using var folder = new TemporaryFolder();
        authority.Issue("redis");
        await using var redis = await RedisServer.StartAsync("--port", "0", "--tls-port", "{port}", "--tls-cert-file", authority.CertificatePath, "--tls-key-file", authority.KeyPath, "--tls-auth-clients", "no");
        var settings = Settings(redis) with { Tls = true };

        await using (var state = await new RedisConnector(settings with { Authorities = authority.RootPem }).ConnectAsync(_ => { }))
            await state.PingAsync();

        foreach (var other in new[] { stranger.RootPem, null })
            await Assert.ThrowsAsync<StoreException>(() => new RedisConnector(settings with { Authorities = other }).ConnectAsync(_ => { }));
    }

    private static SharedStateSettings Settings(RedisServer redis) => new("127.0.0.1", redis.Port) { Password = RedisServer.Password };

    private static Task<ISharedState> Connect(RedisServer redis, Action<string> heard) => new RedisConnector(Settings(redis)).ConnectAsync(heard);

    private static async Task<long> CountKeysAsync(RedisServer redis)
    {
        var options = new StackExchange.Redis.ConfigurationOptions { EndPoints = { { "127.0.0.1", redis.Port } }, Password = RedisServer.Password };
        await using var connection = new AsyncConnection(await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(options));
        return (long)await connection.Value.GetDatabase().ExecuteAsync("DBSIZE");
    }

    private sealed record AsyncConnection(StackExchange.Redis.ConnectionMultiplexer Value) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Task.Run(Value.Dispose);
    }
}
