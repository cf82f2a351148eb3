using System.Text;
using System.Text.Json;
using Weir.Core.Routing.Health;
using Weir.Simulator;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Pools;

/// <summary>A gateway in front of several simulated servers.</summary>
public sealed class PoolTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_dies_costs_no_call(bool stream)
    {
        await using var pool = await StartAsync(3);
        await pool.Servers[1].DisposeAsync();

        for (var i = 0; i < 12; i++)
        {
            var answer = await pool.Weir.ChatAsync("chat", $"[[sim tokens=3]] {i}", stream);
            Assert.True(answer is { Status: 200, Clean: true, HasError: false }, answer.ToString());
        }

        Assert.Equal(12, pool.Servers[0].State.Started + pool.Servers[2].State.Started);
    }

    [Fact]
    public async Task A_server_that_takes_no_connection_is_left_for_the_next_one_well_before_the_pool_gives_up()
    {
        using var hole = await BlackHole.OpenAsync(Cancellation);
        var time = new JumpingTime();
        await using var weir = await WeirFixture.StartAsync($$"""
            server: {drainTimeout: 0s}
            providers: [{name: gpu, kind: simulated, pool: {endpoints: ['{{hole.BaseUrl}}', '{sim}'], affinity: none, metrics: {engine: none} }, timeouts: {connect: 5m} }]
            models: [{name: chat, targets: [{provider: gpu, model: m}]}]
            """, time: time, chance: new FirstAmongEquals());

        var call = weir.ChatAsync("chat", "hello");
        var servers = weir.Host.Pools.Of(weir.Host.Snapshots.Current.Providers["gpu"])!.Endpoints;
        await Eventually.TrueAsync(() => servers[0].InFlight == 1, "the call to be at the dead server");
        time.Jump(TimeSpan.FromSeconds(4));

        var answer = await call;
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(["timed_out", "ok"], (await AttemptsAsync(weir, answer)).Select(a => a.GetProperty("outcome").GetString()!));
    }

    [Fact]
    public async Task The_attempt_at_a_dead_server_and_the_next_one_are_in_the_record()
    {
        await using var pool = await StartAsync(2, "metrics: {engine: none}");
        // Both get one, so that the second knows the dead one's prompt best.
        var text = new string('x', 2_000);
        Assert.Equal(200, (await pool.Weir.ChatAsync("chat", text)).Status);
        var first = pool.Servers.Single(s => s.State.Started == 1);
        await first.DisposeAsync();

        var answer = await pool.Weir.ChatAsync("chat", text);

        Assert.True(answer.Status == 200, answer.ToString());
        var attempts = await AttemptsAsync(pool.Weir, answer);
        Assert.Equal(2, attempts.Count);
        Assert.Equal(first.BaseAddress.Authority, new Uri(attempts[0].GetProperty("endpoint").GetString()!).Authority);
        Assert.NotEqual(attempts[0].GetProperty("endpoint").GetString(), attempts[1].GetProperty("endpoint").GetString());
        Assert.Equal(("unreachable", "ok"), (attempts[0].GetProperty("outcome").GetString(), attempts[1].GetProperty("outcome").GetString()));
        Assert.True(attempts[1].GetProperty("score").GetProperty("total").GetDouble() >= attempts[1].GetProperty("score").GetProperty("prefix").GetDouble());
    }

    [Fact]
    public async Task A_server_with_a_long_queue_gets_nothing_while_another_has_none()
    {
        await using var pool = await StartAsync(2);
        await pool.TellAsync(0, 50);

        for (var i = 0; i < 10; i++)
            Assert.Equal(200, (await pool.Weir.ChatAsync("chat", $"[[sim tokens=2]] {i}")).Status);

        Assert.Equal((0, 10), (pool.Servers[0].State.Started, pool.Servers[1].State.Started));
    }

    [Theory]
    [InlineData(WeirFixture.ChatPath, "error.type", "rate_limit_error")]
    [InlineData(WeirFixture.MessagesPath, "error.type", "rate_limit_error")]
    public async Task Low_priority_is_refused_in_the_clients_dialect_while_normal_priority_is_served(string path, string member, string expected)
    {
        await using var pool = await StartAsync(2, "queueLimit: 8", "priorities: {header: x-priority, low: [batch]}");
        await pool.TellAsync(0, 10);
        await pool.TellAsync(1, 12);
        using var batch = pool.Weir.NewClient(pool.Weir.Key.Secret);
        batch.DefaultRequestHeaders.Add("x-priority", "batch");
        var body = Encoding.UTF8.GetBytes(WeirFixture.Body(path, "chat", "hello", stream: false));

        var refused = await pool.Weir.PostAsync(path, body, batch);
        var served = await pool.Weir.PostAsync(path, body);

        Assert.Equal((429, 200), (refused.Status, served.Status));
        Assert.True(int.Parse(refused.Headers["retry-after"], System.Globalization.CultureInfo.InvariantCulture) >= 1);
        Assert.Equal(expected, member.Split('.').Aggregate(refused.Json, (json, name) => json.GetProperty(name)).GetString());
        Assert.Equal("pool_overloaded", Assert.Single(await AttemptsAsync(pool.Weir, refused)).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(1, pool.Servers[0].State.Started + pool.Servers[1].State.Started);
    }

    [Fact]
    public async Task One_dead_server_neither_shuts_nor_rests_the_pool()
    {
        await using var pool = await StartAsync(2, "metrics: {engine: none}", "affinity: none");
        await pool.Servers[0].DisposeAsync();
        var dead = 0;

        for (var i = 0; i < 30; i++)
        {
            var answer = await pool.Weir.ChatAsync("chat", $"[[sim tokens=2]] {i}");
            Assert.Equal(200, answer.Status);
            dead += (await AttemptsAsync(pool.Weir, answer)).Count - 1;
        }

        Assert.True(dead > 0, "the dead server was never tried");
        var target = pool.Weir.Host.Targets.All(DateTimeOffset.UtcNow).Single(t => t.Target.StartsWith("gpu/", StringComparison.Ordinal));
        Assert.Equal((BreakerState.Closed, true, 0), (target.Breaker, target.Availability.IsAvailable, target.InFlight));
    }

    [Fact]
    public async Task A_pool_whose_servers_are_all_dead_hands_over_and_is_left_alone()
    {
        await using var pool = await StartAsync(2, "metrics: {engine: none}");
        foreach (var server in pool.Servers)
            await server.DisposeAsync();

        Answer? last = null;
        for (var i = 0; i < 12; i++)
        {
            last = await pool.Weir.ChatAsync("both", $"[[sim tokens=2]] {i}");
            Assert.Equal(200, last.Status);
        }

        Assert.Equal("spare/m", Assert.Single(await AttemptsAsync(pool.Weir, last!)).GetProperty("target").GetString());
    }

    [Fact]
    public async Task A_pool_that_has_too_much_to_do_hands_over_to_the_next_target()
    {
        await using var pool = await StartAsync(1, "queueLimit: 8", "priorities: {default: low}");
        await pool.TellAsync(0, 10);

        var answer = await pool.Weir.ChatAsync("both", "[[sim tokens=2]] hello");

        Assert.Equal(200, answer.Status);
        Assert.Equal(["gpu/m", "spare/m"], (await AttemptsAsync(pool.Weir, answer)).Select(a => a.GetProperty("target").GetString()!));
        Assert.Equal(0, pool.Servers[0].State.Started);
    }

    [Fact]
    public async Task A_conversation_stays_where_its_beginning_is()
    {
        await using var pool = await StartAsync(3);
        var servers = new List<string?>();
        for (var conversation = 0; conversation < 3; conversation++)
        {
            var messages = $$"""{"role":"system","content":"{{conversation}}{{new string('s', 3_000)}}"},{"role":"user","content":"[[sim tokens=2]] go"}""";
            for (var turn = 0; turn < 4; turn++)
            {
                var answer = await pool.Weir.PostAsync(WeirFixture.ChatPath, Encoding.UTF8.GetBytes($$"""{"model":"chat","messages":[{{messages}}]}"""));
                Assert.Equal(200, answer.Status);
                servers.Add($"{conversation} {Assert.Single(await AttemptsAsync(pool.Weir, answer)).GetProperty("endpoint").GetString()}");
                messages += """,{"role":"assistant","content":"done"},{"role":"user","content":"[[sim tokens=2]] more"}""";
            }
        }

        Assert.Equal(3, servers.Distinct().Count());
    }

    [Fact]
    public async Task A_name_is_looked_up_by_the_connection_before_its_addresses_are_known()
    {
        await using var server = await SimulatorServer.StartAsync(cancellation: Cancellation);
        await using var weir = await WeirFixture.StartAsync($$"""
            server: {drainTimeout: 0s}
            providers: [{name: gpu, kind: vllm, credential: {fromEnv: GPU_KEY}, pool: {dns: {name: localhost, port: {{server.BaseAddress.Port}}}, metrics: {engine: none} } }]
            models: [{name: chat, targets: [{provider: gpu, model: m}]}]
            """, environment: Key);

        Assert.Equal(200, (await weir.ChatAsync("chat", "hello")).Status);
    }

    private static async Task<IReadOnlyList<JsonElement>> AttemptsAsync(WeirFixture weir, Answer answer)
    {
        var (request, _) = await weir.RecordOfAsync(answer);
        return [.. JsonDocument.Parse(request.Decision).RootElement.GetProperty("attempts").EnumerateArray()];
    }

    private static string? Key(string name) => name == "GPU_KEY" ? "sk-pool-93jf82hd" : null;

    private static async Task<Pool> StartAsync(int servers, params string[] settings)
    {
        var simulators = new List<SimulatorServer>();
        for (var i = 0; i < servers; i++)
            simulators.Add(await SimulatorServer.StartAsync(cancellation: Cancellation));
        var endpoints = string.Join(", ", simulators.Select(s => $"'{new Uri(s.BaseAddress, "v1")}'"));
        if (!settings.Any(s => s.StartsWith("metrics", StringComparison.Ordinal)))
            settings = [.. settings, "metrics: {interval: 50ms}"];
        var weir = await WeirFixture.StartAsync($$"""
            server: {drainTimeout: 0s}
            providers:
              - {name: gpu, kind: vllm, credential: {fromEnv: GPU_KEY}, pool: {endpoints: [{{endpoints}}], {{string.Join(", ", settings)}} } }
              - {name: spare, kind: simulated, baseUrl: "{sim}"}
            models:
              - {name: chat, targets: [{provider: gpu, model: m}]}
              - {name: both, targets: [{provider: gpu, model: m}, {provider: spare, model: m}]}
            """, environment: Key);
        return new Pool(weir, simulators);
    }

    private sealed record Pool(WeirFixture Weir, IReadOnlyList<SimulatorServer> Servers) : IAsyncDisposable
    {
        /// <summary>A server says that others' requests wait, until the gateway has heard it.</summary>
        public async Task TellAsync(int server, int waiting)
        {
            var engine = Servers[server].Engine;
            engine.Strangers = waiting;
            // The page being read now may be older, the one after the next is not.
            var pages = engine.Pages;
            await Eventually.TrueAsync(() => engine.Pages >= pages + 3, "the gateway to ask for the load");
        }

        public async ValueTask DisposeAsync()
        {
            await Weir.DisposeAsync();
            foreach (var server in Servers)
                await server.DisposeAsync();
        }
    }
}
