using System.Text;
using System.Threading.Channels;
using Weir.Core.Metering;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Spine;

public sealed class ClientGoneTests
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(1);

    private const string StreamHead = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    private const string ChatStart = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"one\"},\"finish_reason\":null}]}\n\n";

    private const string TwoTargets = """
        server: {drainTimeout: 0s}
        providers:
          - {name: a-chat, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }}
          - {name: a-messages, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: }}
          - {name: b-chat, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }}
          - {name: b-messages, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: }}
        models:
          - {name: chat, targets: [{provider: a-chat, model: one}, {provider: b-chat, model: two}]}
          - {name: messages, targets: [{provider: a-messages, model: one}, {provider: b-messages, model: two}]}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ChatPath, "chat", true, "silent=1")]
    [InlineData(ChatPath, "chat", false, "silent=1")]
    [InlineData(ChatPath, "chat", true, "stall=0")]
    [InlineData(ChatPath, "chat", true, "stall=1")]
    [InlineData(ChatPath, "chat", false, "stall=1")]
    [InlineData(ChatPath, "messages", true, "stall=1")]
    [InlineData(MessagesPath, "messages", true, "silent=1")]
    [InlineData(MessagesPath, "messages", false, "silent=1")]
    [InlineData(MessagesPath, "chat", true, "stall=1")]
    public async Task Leaving_before_the_answer_began_cancels_the_upstream_and_tries_nobody_else(string path, string model, bool stream, string how)
    {
        await using var weir = await StartAsync(TwoTargets);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var call = weir.SendAsync(path, Encoding.UTF8.GetBytes(Body(path, model, $"[[sim {how}]] hello", stream)), cancellationToken: leave.Token);
        await Eventually.TrueAsync(() => weir.Simulator.State.Started == 1, "the call at the upstream");

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        await GoneAsync(weir);
    }

    [Theory]
    [InlineData(ChatPath, "chat")]
    [InlineData(ChatPath, "messages")]
    [InlineData(MessagesPath, "messages")]
    [InlineData(MessagesPath, "chat")]
    public async Task Leaving_in_the_middle_of_a_stream_cancels_the_upstream_and_settles_what_was_used(string path, string model)
    {
        await using var weir = await StartAsync(TwoTargets);
        var body = Encoding.UTF8.GetBytes(Body(path, model, "[[sim tokens=20 stall=6]] hello", stream: true));
        using (var response = await weir.SendAsync(path, body))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
            for (var events = 0; events < 3;)
                events += (await reader.ReadLineAsync(Cancellation))!.StartsWith("data:", StringComparison.Ordinal) ? 1 : 0;
        }

        var attempt = await GoneAsync(weir);
        Assert.True(attempt.Settlement!.UsageSource is UsageSource.Estimated or UsageSource.Running, $"{attempt.Settlement}");
        Assert.True(attempt.Settlement.Usage is { InputUncached: > 0, OutputVisible: > 0 }, $"{attempt.Settlement.Usage}");
    }

    /// <summary>
    /// Measured where it counts: from the client's leaving to the upstream's seeing its connection closed. The best of
    /// three, because a busy machine may hold up any single one; a delay in the program would hold up all.
    /// </summary>
    [Theory]
    [InlineData(ChatPath, "silent")]
    [InlineData(ChatPath, "head")]
    [InlineData(ChatPath, "content")]
    [InlineData(MessagesPath, "silent")]
    [InlineData(MessagesPath, "content")]
    public async Task The_upstream_is_let_go_within_a_second(string path, string when)
    {
        var time = TimeProvider.System;
        var closed = Channel.CreateUnbounded<long>();
        await using var upstream = ScriptedUpstream.Start(async peer =>
        {
            if (when != "silent")
                await peer.SendAsync(StreamHead);
            if (when == "content")
                await peer.SendChunkAsync(ChatStart);
            await peer.UntilClosedAsync();
            closed.Writer.TryWrite(time.GetTimestamp());
        });
        await using var weir = await StartAsync($$"""
            server: {drainTimeout: 0s}
            providers: [{name: c, kind: simulated, baseUrl: "{{upstream.BaseUrl}}", dialects: {openai-chat: } }]
            models: [{name: chat, targets: [{provider: c}]}]
            """);
        var best = TimeSpan.MaxValue;
        for (var number = 1; number <= 3 && best >= Promise; number++)
        {
            using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var call = weir.SendAsync(path, Encoding.UTF8.GetBytes(Body(path, "chat", "hello", stream: true)), cancellationToken: leave.Token);
            await Eventually.TrueAsync(() => upstream.Peers.Count == number && upstream.Peers.Last().Received.IsCompleted, "the call at the upstream");
            if (when == "content")
                await Eventually.TrueAsync(() => weir.Host.Metrics.StreamsOpen == 1, "the stream");

            var left = time.GetTimestamp();
            if (when == "content")
                (await call).Dispose();
            else
                await leave.CancelAsync();
            var seen = await closed.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(Eventually.Limit, Cancellation);

            var took = time.GetElapsedTime(left, seen);
            best = took < best ? took : best;
            if (when != "content")
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            await Eventually.TrueAsync(() => weir.Host.Metrics is { RequestsInFlight: 0, StreamsOpen: 0 }, "no call in flight");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{best.TotalMilliseconds} ms");
        Assert.True(best < Promise, $"{best}");
    }

    [Theory]
    [InlineData(ChatPath, "chat")]
    [InlineData(MessagesPath, "messages")]
    public async Task Leaving_after_the_end_marker_is_no_failure(string path, string model)
    {
        await using var weir = await StartAsync(TwoTargets);
        using (var response = await weir.SendAsync(path, Encoding.UTF8.GetBytes(Body(path, model, "[[sim tokens=5]] hello", stream: true))))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
            string line;
            do
                line = (await reader.ReadLineAsync(Cancellation))!;
            while (line != "data: [DONE]" && !line.Contains("\"message_stop\"}", StringComparison.Ordinal));
        }

        var (request, attempts) = await weir.NewestRecordAsync();
        Assert.Equal(("ok", AttemptOutcome.Ok), (request.Outcome, Assert.Single(attempts).Settlement!.Outcome));
    }

    [Fact]
    public async Task Leaving_while_the_request_is_still_being_sent_is_recorded_without_an_attempt()
    {
        await using var weir = await StartAsync(TwoTargets);
        using (var raw = await RawClient.ConnectAsync(weir.Data, Cancellation))
        {
            await raw.SendAsync($"POST {ChatPath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {weir.Key.Secret}\r\nContent-Length: 1000\r\n\r\n{{\"model\":", Cancellation);
            await Eventually.TrueAsync(() => weir.Host.Metrics.RequestsInFlight == 1, "the call");
        }

        var (request, attempts) = await weir.NewestRecordAsync();
        Assert.Empty(attempts);
        Assert.NotEqual("ok", request.Outcome);
        Assert.Equal(0, weir.Simulator.State.Started);
    }

    private static async Task<LedgerEntry> GoneAsync(WeirFixture weir)
    {
        await Eventually.TrueAsync(() => weir.Simulator.State.Finished == 1, "the upstream's end");
        var (request, attempts) = await weir.NewestRecordAsync();
        Assert.Equal(("client_gone", 499), (request.Outcome, request.Status));
        Assert.Equal(AttemptOutcome.ClientGone, Assert.Single(attempts).Settlement!.Outcome);
        Assert.Equal(1, weir.Simulator.State.Started);
        await Eventually.TrueAsync(() => weir.Host.Metrics is { RequestsInFlight: 0, StreamsOpen: 0 }, "no call in flight");
        return attempts[0];
    }
}
