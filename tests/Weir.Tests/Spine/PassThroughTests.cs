using System.Text;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Spine;

/// <summary>What an upstream says about a failure, on its way to the client.</summary>
public sealed class PassThroughTests
{
    private const string OpenAiError = """{ "error" : {"message":"Rate limit reached — try again","type":"requests","param":null,"code":"rate_limit_exceeded","future":[1,2.50]} }""";
    private const string AnthropicError = """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1","extra":1e2}""";

    [Theory]
    [InlineData(429, OpenAiError)]
    [InlineData(400, OpenAiError)]
    [InlineData(404, OpenAiError)]
    [InlineData(503, OpenAiError)]
    public async Task In_the_same_dialect_status_body_and_wait_are_the_upstreams_own(int status, string body)
    {
        await using var upstream = Refusing(status, body, "retry-after: 7\r\nx-ratelimit-remaining-requests: 0\r\nset-cookie: a=b\r\nopenai-organization: org-secret\r\nx-odd: caf\u00e9\r\n");
        await using var weir = await StartAsync(Over(upstream, "openai-chat"));
        foreach (var stream in new[] { false, true })
        {
            var answer = await weir.ChatAsync("m", "hello", stream);

            Assert.Equal((status, body), (answer.Status, answer.Text));
            Assert.Equal(("7", "0"), (answer.Headers["retry-after"], answer.Headers["x-ratelimit-remaining-requests"]));
            Assert.False(answer.Headers.ContainsKey("set-cookie") || answer.Headers.ContainsKey("openai-organization"));
        }
    }

    [Fact]
    public async Task Across_dialects_it_is_told_in_the_clients_words()
    {
        await using var anthropic = Refusing(529, AnthropicError, "retry-after: 3\r\n");
        await using var openAi = Refusing(429, OpenAiError, "retry-after-ms: 1500\r\n");
        await using var overAnthropic = await StartAsync(Over(anthropic, "anthropic-messages"));
        await using var overOpenAi = await StartAsync(Over(openAi, "openai-chat"));

        var chat = await overAnthropic.ChatAsync("m", "hello");
        var messages = await overOpenAi.MessagesAsync("m", "hello");

        Assert.Equal((529, "3"), (chat.Status, chat.Headers["retry-after"]));
        Assert.Equal("Overloaded", chat.Error.GetProperty("message").GetString());
        Assert.False(chat.Json.TryGetProperty("type", out _));
        Assert.Equal((429, "2"), (messages.Status, messages.Headers["retry-after"]));
        Assert.Equal("rate_limit_error", messages.Error.GetProperty("type").GetString());
        Assert.Contains("Rate limit reached", messages.Error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk-live-0123456789abcdefWXYZ")]
    [InlineData("sk-live-************WXYZ")]
    [InlineData("sk-l********WXYZ")]
    [InlineData("sk-l...WXYZ")]
    [InlineData("sk-live-0…")]
    public async Task A_credential_that_the_upstream_echoes_is_never_shown(string echo)
    {
        var body = $$"""{"error":{"message":"Incorrect API key provided: {{echo}}.","type":"invalid_request_error","code":"invalid_api_key"} }""";
        await using var upstream = Refusing(401, body, "");
        var secret = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(secret, "sk-live-0123456789abcdefWXYZ", TestContext.Current.CancellationToken);
            await using var weir = await StartAsync(Over(upstream, "openai-chat", $", credential: {{fromFile: \"{secret}\"}}"));
            foreach (var answer in new[] { await weir.ChatAsync("m", "hello"), await weir.MessagesAsync("m", "hello") })
            {
                Assert.True(answer.Status is 401 or 502 && answer.HasError, answer.ToString());
                Assert.DoesNotContain("WXYZ", answer.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("sk-l", answer.Text, StringComparison.Ordinal);
            }
            Assert.True(upstream.Peers.TryPeek(out var peer) && peer.Request.Contains("Bearer sk-live-0123456789abcdefWXYZ", StringComparison.Ordinal));
            Assert.DoesNotContain(weir.Key.Secret, peer.Request, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(secret);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 500 X\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"error\":{\"mess", 500)]
    [InlineData("HTTP/1.1 503 X\r\nconnection: close\r\ncontent-type: text/html\r\n\r\n<html>", 503)]
    [InlineData("HTTP/1.1 418 X\r\nconnection: close\r\n\r\n", 418)]
    [InlineData("HTTP/1.1 500 X\r\nconnection: close\r\ncontent-encoding: gzip\r\ncontent-type: application/json\r\n\r\nnot gzip", 500)]
    public async Task An_error_whose_body_is_broken_is_still_the_error_its_status_says(string raw, int status)
    {
        await using var upstream = ScriptedUpstream.Start(Encoding.Latin1.GetBytes(raw));
        await using var weir = await StartAsync(Over(upstream, "openai-chat"));

        var answer = await weir.ChatAsync("m", "hello");

        Assert.True(answer.Status == status && answer.HasError, answer.ToString());
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/event-stream\r\ncontent-encoding: gzip\r\n\r\nnot gzip at all")]
    [InlineData("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-encoding: br\r\n\r\nnot brotli at all")]
    [InlineData("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n\r\n[]")]
    [InlineData("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n\r\nnull")]
    [InlineData("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")]
    public async Task A_success_that_holds_no_answer_is_a_gateway_error_of_the_clients_dialect(string raw)
    {
        await using var upstream = ScriptedUpstream.Start(Encoding.Latin1.GetBytes(raw));
        await using var weir = await StartAsync(Over(upstream, "openai-chat"));
        foreach (var answer in new[] { await weir.ChatAsync("m", "hello", stream: true), await weir.MessagesAsync("m", "hello") })
            Assert.True(answer is { Status: 502, HasError: true }, answer.ToString());
    }

    private static ScriptedUpstream Refusing(int status, string body, string headers)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return ScriptedUpstream.Start([.. Encoding.Latin1.GetBytes($"HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n{headers}content-length: {bytes.Length}\r\n\r\n"), .. bytes]);
    }

    private static string Over(ScriptedUpstream upstream, string dialect, string more = "") => $$$"""
        server: {drainTimeout: 0s}
        providers: [{name: p, kind: simulated, baseUrl: "{{{upstream.BaseUrl}}}", dialects: { {{{dialect}}}: } {{{more}}} }]
        models: [{name: m, targets: [{provider: p}]}]
        """;
}
