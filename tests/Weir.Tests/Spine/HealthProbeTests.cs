using System.Text;
using Weir.Core.Routing.Health;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Spine;

public sealed class HealthProbeTests
{
    [Fact]
    public async Task Probes_open_the_breaker_of_a_provider_that_died_and_bring_the_trial_forward_when_it_is_back()
    {
        var alive = true;
        await using var upstream = ScriptedUpstream.Start(async peer =>
        {
            var body = peer.Request.StartsWith("GET /v1/models ", StringComparison.Ordinal) ? """{"data":[]}"""
                : """{"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";
            await peer.SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {(Volatile.Read(ref alive) ? "200 OK" : "503 Away")}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {body.Length}\r\n\r\n{body}"));
            peer.Close();
        });
        var time = new JumpingTime();
        await using var weir = await WeirFixture.StartAsync($$"""
            server: {drainTimeout: 0s}
            providers:
              - {name: p, kind: simulated, baseUrl: "{{upstream.BaseUrl}}", dialects: {openai-chat: }, probe: {every: 10s} }
            models:
              - {name: m, targets: [{provider: p, model: m}]}
            """, time: time, breaker: BreakerPolicy.Default with { OpenFor = TimeSpan.FromDays(1), LongestOpen = TimeSpan.FromDays(1) });
        Assert.Equal(200, (await weir.ChatAsync("m", "hello")).Status);
        BreakerState State() => Assert.Single(weir.Host.Targets.All(time.GetUtcNow())).Breaker;

        Volatile.Write(ref alive, false);
        await UntilAsync(BreakerState.Open);
        Volatile.Write(ref alive, true);
        await UntilAsync(BreakerState.HalfOpen);

        Assert.Equal(200, (await weir.ChatAsync("m", "hello")).Status);
        Assert.Equal(BreakerState.Closed, State());

        Task UntilAsync(BreakerState state) => Eventually.TrueAsync(() =>
        {
            if (State() == state)
                return true;
            time.Jump(TimeSpan.FromSeconds(1));
            return false;
        }, $"{state}");
    }
}
