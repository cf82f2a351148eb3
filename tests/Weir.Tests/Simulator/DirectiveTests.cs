using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Weir.Simulator.Records;
using Xunit;
using static Weir.Tests.Simulator.SimulatorClient;

namespace Weir.Tests.Simulator;

public sealed class DirectiveTests
{
    private const string Chat = "/v1/chat/completions";
    private const string Messages = "/v1/messages";
    private const string Gemini = "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse";

    public static TheoryData<string> Streams => [Chat, Messages, Gemini];

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_cut_resets_after_exactly_that_many_events_and_with_continuous_usage_both_sides_know_the_same(string path)
    {
        await using var sim = await StartAsync();
        for (var cut = 0; cut <= 6; cut++)
        {
            var (events, clean) = await sim.StreamAsync(path, Body(path, $"[[sim tokens=9 cut={cut} usage=continuous]]"));
            Assert.False(clean);
            await sim.Server.State.WaitUntilAsync(state => state.Finished == cut + 1, TestContext.Current.CancellationToken);
            var call = sim.Server.State.Calls()[^1];
            Assert.Equal((Completion.Cut, cut), (call.Completion, call.Events));
            Assert.Equal(call.Usage, LastUsage(path, events));
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task An_early_end_is_clean_but_lacks_the_terminal_events(string path)
    {
        await using var sim = await StartAsync();
        var (events, clean) = await sim.StreamAsync(path, Body(path, "[[sim tokens=9 end=4]]"));
        Assert.True(clean);
        Assert.Equal(4, events.Count);
        Assert.Equal(Completion.Ended, Assert.Single(sim.Server.State.Calls()).Completion);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task An_error_in_the_stream_has_the_dialects_shape(string path)
    {
        await using var sim = await StartAsync();
        var (events, clean) = await sim.StreamAsync(path, Body(path, "[[sim tokens=9 error-at=3]]"));
        Assert.True(clean);
        Assert.Equal(4, events.Count);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(events[^1]).RootElement.GetProperty("error").ValueKind);
        Assert.Equal(Completion.Errored, Assert.Single(sim.Server.State.Calls()).Completion);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stall_lasts_until_the_client_leaves(string path)
    {
        await using var sim = await StartAsync();
        using (var response = await sim.PostAsync(path, Body(path, "[[sim tokens=9 stall=4]]"), stream: true))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            for (var events = 0; events < 4;)
            {
                events += (await reader.ReadLineAsync(TestContext.Current.CancellationToken))!.StartsWith("data: ", StringComparison.Ordinal) ? 1 : 0;
            }

            Assert.Equal(0, sim.Server.State.Finished);
        }

        await sim.Server.State.WaitUntilAsync(state => state.Finished == 1, TestContext.Current.CancellationToken);
        Assert.Equal((Completion.Stalled, 4), (sim.Server.State.Calls()[0].Completion, sim.Server.State.Calls()[0].Events));
    }

    [Theory]
    [InlineData(401, "authentication_error")]
    [InlineData(402, "billing_error")]
    [InlineData(404, "not_found_error")]
    [InlineData(429, "rate_limit_error")]
    [InlineData(500, "api_error")]
    [InlineData(502, "api_error")]
    [InlineData(503, "api_error")]
    [InlineData(529, "overloaded_error")]
    public async Task A_status_comes_in_the_native_shape_with_retry_after(int status, string type)
    {
        await using var sim = await StartAsync();
        using var response = await sim.PostAsync(Messages, SimulatorClient.Messages($"[[sim status={status} retry-after=2]]"));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("2", response.Headers.GetValues("retry-after").Single());
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(type, error.GetProperty("error").GetProperty("type").GetString());
        Assert.True(sim.Server.State.Usage == default);
    }

    [Fact]
    public async Task Other_bodies_than_expected_can_be_had()
    {
        await using var sim = await StartAsync();
        using var html = await sim.PostAsync(Chat, SimulatorClient.Chat("[[sim html=1]]"));
        Assert.Equal((502, "text/html"), ((int)html.StatusCode, html.Content.Headers.ContentType!.MediaType));
        Assert.True((await sim.JsonAsync(Chat, SimulatorClient.Chat("[[sim status=200]]"))).TryGetProperty("error", out _));
        using var milliseconds = await sim.PostAsync(Chat, SimulatorClient.Chat("[[sim status=429 retry-after=150ms]]"));
        Assert.Equal("150", milliseconds.Headers.GetValues("retry-after-ms").Single());
        using var typed = await sim.PostAsync(Chat, SimulatorClient.Chat("[[sim content-type=text/plain]]"));
        Assert.Equal("text/plain", typed.Content.Headers.ContentType!.MediaType);
        await sim.JsonAsync(Chat, SimulatorClient.Chat("[[sim tokns=5]]"), 400);
    }

    [Fact]
    public async Task Malformed_events_and_bad_utf8_reach_the_wire()
    {
        await using var sim = await StartAsync();
        var (events, _) = await sim.StreamAsync(Chat, Body(Chat, "[[sim tokens=5 garbage=3]]"));
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(events[2]));
        JsonDocument.Parse(events[3]);

        using var broken = await sim.PostAsync(Chat, Body(Chat, "[[sim tokens=5 badutf8=2]]"));
        var bytes = await broken.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, true).GetString(bytes));
    }

    [Fact]
    public async Task Echo_thinking_and_reasoning_field_shape_the_answer()
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Chat, SimulatorClient.Chat("""[[sim echo="say \"hi\" ]x" thinking=3 reasoning=reasoning_content]]"""));
        var message = answer.GetProperty("choices")[0].GetProperty("message");
        Assert.Equal("say \"hi\" ]x", message.GetProperty("content").GetString());
        Assert.Equal(3, Weir.Simulator.Answers.TokenRule.Count(message.GetProperty("reasoning_content").GetString()));
    }

    [Fact]
    public async Task Usage_can_be_forced_or_withheld()
    {
        await using var sim = await StartAsync();
        var (forced, _) = await sim.StreamAsync(Chat, Body(Chat, "[[sim tokens=2 usage=final]]"));
        Assert.Contains("\"completion_tokens\":2", forced[^2], StringComparison.Ordinal);
        Assert.False((await sim.JsonAsync(Chat, SimulatorClient.Chat("[[sim usage=none]]"))).TryGetProperty("usage", out _));
        Assert.False(sim.Server.State.Calls()[^1].UsageReported);
    }

    [Fact]
    public async Task Small_chunks_are_the_same_answer()
    {
        await using var sim = await StartAsync();
        var (events, clean) = await sim.StreamAsync(Chat, Body(Chat, "[[sim tokens=3 chunk=7]]"));
        Assert.True(clean);
        Assert.Equal(6, events.Count);
        Assert.Equal(Completion.Complete, Assert.Single(sim.Server.State.Calls()).Completion);
    }

    [Fact]
    public async Task Latency_and_pace_are_kept()
    {
        await using var sim = await StartAsync();
        var clock = Stopwatch.StartNew();
        await sim.StreamAsync(Chat, Body(Chat, "[[sim tokens=5 ttft=60ms pace=20ms]]"));
        Assert.True(clock.ElapsedMilliseconds >= 130, $"{clock.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task Silence_ends_with_the_client()
    {
        await using var sim = await StartAsync();
        using var patience = new CancellationTokenSource();
        var request = new HttpRequestMessage(HttpMethod.Post, Chat) { Content = new StringContent(JsonSerializer.Serialize(SimulatorClient.Chat("[[sim silent=1]]"))) };
        var waiting = sim.Http.SendAsync(request, patience.Token);
        while (sim.Server.State.Started == 0)
        {
            await Task.Yield();
        }

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await sim.Server.State.WaitUntilAsync(state => state.Finished == 1, TestContext.Current.CancellationToken);
        Assert.Equal(Completion.Stalled, sim.Server.State.Calls()[0].Completion);
    }

    [Fact]
    public async Task Endless_headers_are_given_up_by_the_client_and_noticed_by_the_simulator()
    {
        await using var sim = await StartAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => sim.PostAsync(Chat, SimulatorClient.Chat("[[sim headers=endless]]")));
        await sim.Server.State.WaitUntilAsync(state => state.Finished == 1, TestContext.Current.CancellationToken);
        Assert.Equal(Completion.Stalled, sim.Server.State.Calls()[0].Completion);
    }

    [Fact]
    public async Task Slow_headers_bring_the_whole_answer_in_the_end()
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Chat, SimulatorClient.Chat("[[sim slow-headers=0ms tokens=3]]"));
        Assert.Equal(3, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal(Completion.Complete, Assert.Single(sim.Server.State.Calls()).Completion);
    }

    [Fact]
    public async Task A_cut_body_is_shorter_than_announced_and_served_nothing()
    {
        await using var sim = await StartAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => sim.PostAsync(Messages, SimulatorClient.Messages("[[sim cut=1]]")));
        await sim.Server.State.WaitUntilAsync(state => state.Finished == 1, TestContext.Current.CancellationToken);
        Assert.True(sim.Server.State.Usage == default);
    }

    [Fact]
    public async Task A_reset_is_a_reset_at_the_socket()
    {
        await using var sim = await StartAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(sim.Server.BaseAddress.Host, sim.Server.BaseAddress.Port, TestContext.Current.CancellationToken);
        var body = JsonSerializer.Serialize(Body(Chat, "[[sim tokens=5 cut=2]]"));
        await socket.SendAsync(
            Encoding.UTF8.GetBytes($"POST {Chat} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\ncontent-length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"),
            TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            while (await socket.ReceiveAsync(new byte[4096], TestContext.Current.CancellationToken) > 0)
            {
            }
        });
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
    }

    [Fact]
    public async Task A_gzip_bomb_unpacks_to_more_than_a_client_should_take()
    {
        await using var sim = await StartAsync();
        using var response = await sim.PostAsync(Chat, Body(Chat, "[[sim gzip=bomb]]"), stream: true);
        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        await using var packed = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var bomb = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Decompress);
        var buffer = new byte[1 << 20];
        await bomb.ReadExactlyAsync(buffer, TestContext.Current.CancellationToken);
        Assert.All(buffer.Take(100), unit => Assert.Equal((byte)' ', unit));
    }

    private static object Body(string path, string text) => path switch
    {
        Chat => SimulatorClient.Chat(text, stream: true),
        Messages => SimulatorClient.Messages(text, stream: true),
        _ => SimulatorClient.Gemini(text),
    };

    /// <summary>What a client that reads every usage on the wire, the last one winning, would book.</summary>
    private static ServedUsage LastUsage(string path, List<string> events)
    {
        var usage = default(ServedUsage);
        foreach (var item in events.Where(item => item != "[DONE]").Select(item => JsonDocument.Parse(item).RootElement))
        {
            var source = path == Gemini ? item.GetProperty("usageMetadata")
                : item.TryGetProperty("usage", out var own) ? own
                : item.TryGetProperty("message", out var message) ? message.GetProperty("usage") : default;
            if (source.ValueKind == JsonValueKind.Object)
            {
                var (input, output) = path == Chat ? ("prompt_tokens", "completion_tokens")
                    : path == Messages ? ("input_tokens", "output_tokens") : ("promptTokenCount", "candidatesTokenCount");
                usage = new ServedUsage { InputUncached = source.GetProperty(input).GetInt64(), OutputVisible = source.GetProperty(output).GetInt64() };
            }
        }

        return usage;
    }
}
