using Weir.Core.Metering;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Spine;

/// <summary>Connect and first token are in <see cref="FailoverTests"/>; here: the clocks that run after the answer began.</summary>
public sealed class TimeoutTests
{
    private static string With(string timeouts) => $$$"""
        server: {drainTimeout: 0s}
        providers:
          - {name: c, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }, timeouts: { {{{timeouts}}} } }
          - {name: m, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: }, timeouts: { {{{timeouts}}} } }
        models:
          - {name: chat, targets: [{provider: c}]}
          - {name: messages, targets: [{provider: m}]}
        """;

    [Theory]
    [InlineData("idle: 300ms", ChatPath, "chat", true, "stall=4", "upstream_timeout_idle")]
    [InlineData("idle: 300ms", MessagesPath, "messages", true, "stall=5", "upstream_timeout_idle")]
    [InlineData("idle: 300ms", MessagesPath, "chat", true, "stall=4", "upstream_timeout_idle")]
    [InlineData("idle: 300ms", ChatPath, "messages", true, "stall=5", "upstream_timeout_idle")]
    [InlineData("idle: 300ms", ChatPath, "chat", false, "stall=1", "upstream_timeout_idle")]
    [InlineData("firstToken: 300ms", ChatPath, "chat", true, "stall=1", "upstream_timeout_first_token")]
    [InlineData("firstToken: 300ms", MessagesPath, "messages", true, "stall=1", "upstream_timeout_first_token")]
    [InlineData("firstToken: 300ms", ChatPath, "chat", false, "ttft=30s", "upstream_timeout_first_token")]
    [InlineData("total: 500ms", ChatPath, "chat", true, "tokens=4000 pace=20ms", "upstream_timeout_total")]
    [InlineData("total: 500ms", MessagesPath, "messages", true, "tokens=4000 pace=20ms", "upstream_timeout_total")]
    [InlineData("total: 300ms", ChatPath, "chat", false, "ttft=30s", "upstream_timeout_total")]
    public async Task Each_clock_has_its_own_error_and_frees_the_upstream(string timeouts, string path, string model, bool stream, string how, string code)
    {
        await using var weir = await StartAsync(With(timeouts));

        var answer = await weir.CallAsync(path, model, $"[[sim {how}]] hello", stream);

        Assert.True(answer is { Clean: true, HasError: true, HasEndMarker: false }, answer.ToString());
        var (request, attempts) = await weir.RecordOfAsync(answer);
        Assert.Equal((code, AttemptOutcome.TimedOut), (request.Outcome, Assert.Single(attempts).Settlement!.Outcome));
        Assert.True(answer.Status is 504 or 200, answer.ToString());
        await weir.Simulator.State.WaitUntilAsync(s => s.Finished == 1, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_client_that_reads_slowly_is_not_the_upstreams_silence()
    {
        await using var weir = await StartAsync(With("idle: 1s"));
        // More than the sockets and the gateway's buffers hold, so that the gateway has to wait for this client.
        var body = Body(ChatPath, "chat", "[[sim tokens=60000]] hello", stream: true);
        using var raw = await RawClient.ConnectAsync(weir.Data, TestContext.Current.CancellationToken);
        await raw.SendAsync($"POST {ChatPath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {weir.Key.Secret}\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}", TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => weir.Host.Metrics.StreamsOpen == 1, "the stream");
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken); // what is tested is the passing of time itself

        Assert.True(await raw.ReadToEndAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));

        Assert.Contains("[DONE]", raw.Received[^200..], StringComparison.Ordinal);
        Assert.Equal("ok", (await weir.NewestRecordAsync()).Request.Outcome);
    }

    [Fact]
    public async Task Minutes_of_silent_reasoning_are_not_cut_by_the_defaults()
    {
        var time = new JumpingTime();
        var go = new TaskCompletionSource();
        await using var upstream = ScriptedUpstream.Start(async peer =>
        {
            await peer.SendAsync("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\ndata: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n");
            await go.Task;
            await peer.SendAsync("data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"thought\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
            peer.Close();
        });
        await using var weir = await StartAsync($$"""
            server: {drainTimeout: 0s}
            providers: [{name: c, kind: simulated, baseUrl: "{{upstream.BaseUrl}}", dialects: {openai-chat: } }]
            models: [{name: chat, targets: [{provider: c}]}]
            """, time: time);

        var call = weir.ChatAsync("chat", "hello", stream: true);
        await Eventually.TrueAsync(() => upstream.Peers.TryPeek(out var peer) && peer.Received.IsCompleted, "the request");
        for (var minute = 0; minute < 9; minute++)
            time.Jump(TimeSpan.FromMinutes(1));
        go.SetResult();

        var answer = await call;
        Assert.True(answer is { Status: 200, HasEndMarker: true, HasError: false }, answer.ToString());
    }

    [Theory, InlineData(ChatPath, false), InlineData(MessagesPath, true)]
    public async Task A_server_that_neither_marks_the_end_nor_closes_has_ended_when_nothing_is_missing(string path, bool hasMarker)
    {
        var time = new JumpingTime();
        await using var upstream = ScriptedUpstream.Start(peer => peer.SendAsync("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
            + "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"said\"},\"finish_reason\":\"stop\"}]}\n\n"
            + "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":1,\"total_tokens\":8}}\n\n"));
        await using var weir = await StartAsync($$"""
            server: {drainTimeout: 0s}
            providers: [{name: c, kind: simulated, baseUrl: "{{upstream.BaseUrl}}", dialects: {openai-chat: } }]
            models: [{name: chat, targets: [{provider: c}]}]
            """, time: time);

        var call = weir.CallAsync(path, "chat", "hello", stream: true);
        await Eventually.TrueAsync(() => weir.Host.Metrics.StreamsOpen == 1, "the stream");
        await Eventually.TrueAsync(() =>
        {
            time.Jump(TimeSpan.FromSeconds(1));
            return call.IsCompleted;
        }, "the answer");

        var answer = await call;
        Assert.True(answer is { Status: 200, Clean: true, HasError: false } && answer.HasEndMarker == hasMarker, answer.ToString());
        var settled = Assert.Single((await weir.RecordOfAsync(answer)).Attempts).Settlement!;
        Assert.Equal((AttemptOutcome.Ok, UsageSource.Reported, 8), (settled.Outcome, settled.UsageSource, settled.Usage.InputTotal + settled.Usage.OutputTotal));
    }
}
