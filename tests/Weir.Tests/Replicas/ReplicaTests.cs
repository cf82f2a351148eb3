using Weir.Stores.Redis;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Replicas;

/// <summary>Two gateways on one redis-server and one upstream that fails: what one pays for, the other does not.</summary>
public sealed class ReplicaTests
{
    private const string Configuration = """
        server: {drainTimeout: 0s}
        sharedState: {redis: "127.0.0.1:{redis}", password: {fromEnv: REDIS_PASSWORD}}
        providers:
          - {name: weak, kind: openai-compatible, baseUrl: "{weak}", allowPrivateNetwork: true}
          - {name: sim, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }}
        prices: [{name: p, provider: weak, model: "*", input: 1, output: 1}]
        models:
          - name: chat
            targets: [{provider: weak, model: m}, {provider: sim, model: gpt-4o}]
        """;

    private const string Answer = """{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"well"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    private const string BadKey = "upstream-key-bad-83q2";

    private static readonly string Well = $"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {Answer.Length}\r\n\r\n{Answer}";

    [Fact]
    public async Task A_target_that_one_replica_found_dead_costs_the_other_nothing_and_both_return_to_it()
    {
        await using var redis = await RedisServer.StartAsync();
        var upstream = new Weak();
        await using var weak = upstream.Start();
        var time = new JumpingTime();
        await using var a = await StartAsync(redis, weak, time);
        await using var b = await StartAsync(redis, weak, time);
        await SharedAsync(a, b);

        await CallAsync(a, 5);
        Assert.Equal(5, upstream.Calls);
        await Eventually.TrueAsync(() => Rests(b, time), "the other replica to hear of it");
        await CallAsync(b, 200);
        Assert.InRange(upstream.Calls, 5, 5 + 2); // at most one in a hundred, and in fact none

        upstream.IsWell = true;
        time.Jump(TimeSpan.FromSeconds(10));
        await Eventually.GetAsync(async () => await TargetAsync(a), t => t == "weak/m", "the first replica to return");
        await Eventually.GetAsync(async () => await TargetAsync(b), t => t == "weak/m", "the second one to return");
    }

    [Fact]
    public async Task A_replica_that_starts_when_a_target_rests_knows_before_its_first_call()
    {
        await using var redis = await RedisServer.StartAsync();
        var upstream = new Weak { Head = "HTTP/1.1 429 Too Many Requests\r\nretry-after: 60\r\n" };
        await using var weak = upstream.Start();
        var time = new JumpingTime();
        await using var a = await StartAsync(redis, weak, time);
        await SharedAsync(a);
        await CallAsync(a, 1);
        await Eventually.TrueAsync(() => a.Host.SharedHealth!.Status.Told == 1, "the notice");

        await using var late = await StartAsync(redis, weak, time);
        await Eventually.TrueAsync(() => late.Host.SharedHealth!.Status is { IsConnected: true, Heard: > 0 }, "what is in force");
        await CallAsync(late, 20);

        Assert.Equal(1, upstream.Calls);
    }

    [Fact]
    public async Task A_credential_that_one_replica_was_refused_with_is_not_used_by_the_other_and_redis_never_sees_it()
    {
        const string configuration = """
            server: {drainTimeout: 0s}
            sharedState: {redis: "127.0.0.1:{redis}", password: {fromEnv: REDIS_PASSWORD}}
            providers:
              - name: weak
                kind: openai-compatible
                baseUrl: "{weak}"
                allowPrivateNetwork: true
                credentials: [{name: one, credential: {fromEnv: GOOD_KEY}}, {name: two, credential: {fromEnv: BAD_KEY}}]
            prices: [{name: p, provider: weak, model: "*", input: 1, output: 1}]
            models:
              - {name: chat, targets: [{provider: weak, model: m}]}
            """;
        await using var redis = await RedisServer.StartAsync();
        var refusals = 0;
        await using var weak = ScriptedUpstream.Start(async peer =>
        {
            var isBad = peer.Request.Contains(BadKey, StringComparison.Ordinal);
            if (isBad)
                Interlocked.Increment(ref refusals);
            await peer.SendAsync(isBad ? "HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-length: 0\r\n\r\n" : Well);
            peer.Close();
        });
        var time = new JumpingTime();
        await using var a = await StartAsync(redis, weak, time, configuration);
        await using var b = await StartAsync(redis, weak, time, configuration);
        await SharedAsync(a, b);

        await CallAsync(a, 4);
        Assert.Equal(1, refusals);
        await Eventually.TrueAsync(() => b.Host.SharedHealth!.Status.Heard > 0, "the notice");
        await CallAsync(b, 20);

        Assert.Equal(1, refusals);
        await using var state = await new RedisConnector(new SharedStateSettings("127.0.0.1", redis.Port) { Password = RedisServer.Password }).ConnectAsync(_ => { });
        var kept = Assert.Single(await state.ReadAsync()).Text;
        Assert.StartsWith("credential weak ", System.Text.Json.JsonDocument.Parse(kept).RootElement.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(BadKey, kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_redis_calls_go_on_and_when_it_is_back_replicas_share_again()
    {
        await using var redis = await RedisServer.StartAsync();
        var upstream = new Weak();
        await using var weak = upstream.Start();
        var time = new JumpingTime();
        await using var a = await StartAsync(redis, weak, time);
        await using var b = await StartAsync(redis, weak, time);
        await SharedAsync(a, b);

        await redis.KillAsync();
        await Eventually.TrueAsync(() => !a.Host.SharedHealth!.Status.IsConnected && !b.Host.SharedHealth!.Status.IsConnected, "the loss to be noticed");
        await CallAsync(a, 20);
        Assert.Equal(5, upstream.Calls);
        Assert.Contains("weir_shared_state_connected 0", await MetricsAsync(a), StringComparison.Ordinal);
        await CallAsync(b, 1);
        Assert.Equal(6, upstream.Calls); // on its own: it has to find out by itself

        await redis.StartAgainAsync();
        await Eventually.TrueAsync(() => Jumped(time, () => Rests(b, time) && a.Host.SharedHealth!.Status.IsConnected && b.Host.SharedHealth!.Status.IsConnected), "the other replica to hear what happened meanwhile");
        Assert.Contains("weir_shared_state_connected 1", await MetricsAsync(a), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_starts_and_answers_without_redis()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.KillAsync();
        var upstream = new Weak { IsWell = true };
        await using var weak = upstream.Start();

        await using var a = await StartAsync(redis, weak, new JumpingTime());

        Assert.Equal("weak/m", await TargetAsync(a));
        await Eventually.TrueAsync(() => !a.Host.SharedHealth!.Status.IsConnected, "the missing store");
    }

    private static async Task<WeirFixture> StartAsync(RedisServer redis, ScriptedUpstream weak, TimeProvider time, string configuration = Configuration) => await WeirFixture.StartAsync(
        configuration.Replace("{redis}", $"{redis.Port}", StringComparison.Ordinal).Replace("{weak}", weak.BaseUrl.AbsoluteUri, StringComparison.Ordinal),
        time: time,
        environment: name => name switch
        {
            "REDIS_PASSWORD" => RedisServer.Password,
            "GOOD_KEY" => "upstream-key-good-19x7",
            "BAD_KEY" => BadKey,
            "WEIR_MASTER_KEY" => "Zp4Tz8Qw2LmN4xR7vK1cB9hJ6sD3fG5aYq0eUoWi",
            _ => null,
        });

    private static Task SharedAsync(params WeirFixture[] gateways) =>
        Eventually.TrueAsync(() => gateways.All(g => g.Host.SharedHealth!.Status.IsConnected), "the shared store");

    private static async Task CallAsync(WeirFixture gateway, int times)
    {
        for (var i = 0; i < times; i++)
            Assert.Equal(200, (await gateway.ChatAsync("chat", "hello")).Status);
    }

    private static async Task<string> TargetAsync(WeirFixture gateway)
    {
        var answer = await gateway.ChatAsync("chat", "hello");
        Assert.Equal(200, answer.Status);
        return answer.Headers["x-weir-target"];
    }

    private static bool Rests(WeirFixture gateway, TimeProvider time)
    {
        var snapshot = gateway.Host.Snapshots.Current;
        var target = snapshot.Models.Find("chat")!.Targets[0];
        return !gateway.Host.Targets.Of(target).AvailabilityAt(time.GetUtcNow()).IsAvailable;
    }

    private static bool Jumped(JumpingTime time, Func<bool> done)
    {
        if (done())
            return true;
        time.Jump(TimeSpan.FromMilliseconds(20));
        return false;
    }

    private static async Task<string> MetricsAsync(WeirFixture gateway)
    {
        using var http = new HttpClient { BaseAddress = gateway.Admin };
        return await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
    }

    /// <summary>An upstream that fails until it is well.</summary>
    private sealed class Weak
    {
        private int _calls;
        private volatile bool _isWell;

        public bool IsWell
        {
            get => _isWell;
            set => _isWell = value;
        }

        public string Head { get; init; } = "HTTP/1.1 500 Internal Server Error\r\n";

        /// <summary>Calls that were taken while it was not well.</summary>
        public int Calls => Volatile.Read(ref _calls);

        public ScriptedUpstream Start() => ScriptedUpstream.Start(async peer =>
        {
            if (IsWell)
            {
                await peer.SendAsync(Well);
            }
            else
            {
                Interlocked.Increment(ref _calls);
                await peer.SendAsync(Head + "content-length: 0\r\nconnection: close\r\n\r\n");
            }
            peer.Close();
        });
    }
}
