using System.Text;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Spine;

/// <summary>Silence after a stream began: the client hears something, and the stream stays what it was.</summary>
public sealed class KeepAliveTests
{
    private const string Head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
    private const string ChatSign = ": keep-alive\n\n";
    private const string MessagesSign = "event: ping\ndata: {\"type\": \"ping\"}\n\n";

    /// <summary>The silence began when the frame left, a little before it was read here.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(3);

    private static readonly string[] Chat =
    [
        "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"one\"},\"finish_reason\":null}]}\n\n",
        "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"two\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n",
    ];

    private static readonly string[] Messages =
    [
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}\n\n"
        + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
        + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"one\"}}\n\n",
        "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"two\"}}\n\n"
        + "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
        + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":2}}\n\n"
        + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ChatPath, "chat", ",\"stream_options\":{\"include_usage\":true}", 0)] // native
    [InlineData(ChatPath, "chat", "", 0)] // rewrite: the usage chunk is hidden
    [InlineData(ChatPath, "messages", "", 0)]
    [InlineData(MessagesPath, "messages", "", 0)]
    [InlineData(MessagesPath, "chat", "", 0)]
    [InlineData(ChatPath, "chat", "", 40)] // silent in the middle of a frame
    [InlineData(MessagesPath, "messages", "", 70)]
    public async Task A_silent_upstream_is_bridged_between_whole_frames(string path, string model, string extra, int intoNext)
    {
        var (time, go) = (new JumpingTime(), new TaskCompletionSource());
        var frames = model == "chat" ? Chat : Messages;
        await using var upstream = ScriptedUpstream.Start(async peer =>
        {
            await peer.SendAsync(Head + frames[0] + frames[1][..intoNext]);
            await go.Task;
            await peer.SendAsync(frames[1][intoNext..]);
            peer.Close();
        });
        await using var weir = await StartAsync(Configuration(upstream, ""), time: time);
        using var response = await weir.SendAsync(path, Encoding.UTF8.GetBytes(Body(path, model, "hello", stream: true, extra)));
        await using var stream = await response.Content.ReadAsStreamAsync(Cancellation);
        var received = new StringBuilder();
        await ReadUntilAsync(stream, received, "one");
        var sign = path == ChatPath ? ChatSign : MessagesSign;

        // Twice, so that it is no single shot.
        var start = time.GetTimestamp();
        for (var signs = 1; signs <= 2; signs++)
        {
            var read = ReadUntilAsync(stream, received, sign, signs);
            // Some jumps may come before a busy machine lets the timer look: more are allowed than needed, never so many that a clock runs out.
            for (var jumps = 0; jumps < 60 && !read.IsCompleted; jumps++)
            {
                time.Jump(TimeSpan.FromSeconds(5));
                await Task.WhenAny(read, Task.Delay(20, Cancellation));
            }
            await read;
            var passed = time.GetElapsedTime(start);
            Assert.True(passed >= TimeSpan.FromSeconds(15 * signs) - Grain, $"{signs} after {passed}");
        }
        go.SetResult();
        await ReadUntilAsync(stream, received, path == ChatPath ? "[DONE]\n\n" : "\"message_stop\"}\n\n");

        var without = received.ToString().Replace(sign, "", StringComparison.Ordinal);
        Assert.Contains("two", without, StringComparison.Ordinal);
        Assert.All(without.Split("\n\n", StringSplitOptions.RemoveEmptyEntries), frame => Assert.True(frame.StartsWith("data: ", StringComparison.Ordinal) || frame.StartsWith("event: ", StringComparison.Ordinal), frame));
        if (path == (model == "chat" ? ChatPath : MessagesPath))
            Assert.Equal(frames[0] + frames[1], without);
        Assert.Equal("ok", (await weir.NewestRecordAsync()).Request.Outcome);
    }

    [Theory]
    [InlineData("streams: {keepAlive: 0s}", 600)]
    [InlineData("streams: {keepAlive: 1h}", 240)]
    public async Task Nothing_is_said_when_it_is_off_or_the_silence_is_shorter(string streams, int seconds)
    {
        var (time, go) = (new JumpingTime(), new TaskCompletionSource());
        await using var upstream = ScriptedUpstream.Start(async peer =>
        {
            await peer.SendAsync(Head + Chat[0]);
            await go.Task;
            await peer.SendAsync(Chat[1]);
            peer.Close();
        });
        await using var weir = await StartAsync(Configuration(upstream, streams), time: time);
        using var response = await weir.SendAsync(ChatPath, Encoding.UTF8.GetBytes(Body(ChatPath, "chat", "hello", stream: true)));
        await using var stream = await response.Content.ReadAsStreamAsync(Cancellation);
        var received = new StringBuilder();
        await ReadUntilAsync(stream, received, "one");
        for (var passed = 0; passed < seconds; passed += 5)
        {
            time.Jump(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }
        go.SetResult();
        await ReadUntilAsync(stream, received, "[DONE]\n\n");

        Assert.Equal(Chat[0] + Chat[1], received.ToString());
    }

    private static string Configuration(ScriptedUpstream upstream, string streams) => $$"""
        server:
          drainTimeout: 0s
          {{streams}}
        providers:
          - name: c
            kind: simulated
            baseUrl: "{{upstream.BaseUrl}}"
            dialects: {openai-chat: }
            timeouts: {idle: 2h, total: 24h}
          - name: m
            kind: simulated
            baseUrl: "{{upstream.BaseUrl}}"
            dialects: {anthropic-messages: }
            timeouts: {idle: 2h, total: 24h}
        models:
          - {name: chat, targets: [{provider: c}]}
          - {name: messages, targets: [{provider: m}]}
        """;

    private static async Task ReadUntilAsync(Stream stream, StringBuilder received, string text, int times = 1)
    {
        var buffer = new byte[16 * 1024];
        while (received.ToString().Split(text).Length - 1 < times)
        {
            var count = await stream.ReadAsync(buffer, Cancellation);
            Assert.True(count > 0, "The stream ended: " + received);
            received.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
    }
}
