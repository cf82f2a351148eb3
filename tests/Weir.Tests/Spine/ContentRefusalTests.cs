using System.Text;
using Weir.Core.Metering;
using Weir.Core.Routing.Health;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Spine;

/// <summary>Providers that refuse content inside a 200, each in its own words.</summary>
public sealed class ContentRefusalTests
{
    private const string GeminiPath = "/v1beta/models/m:generateContent";
    private const string GeminiBlock = """{"promptFeedback":{"blockReason":"OTHER"},"usageMetadata":{"promptTokenCount":7,"totalTokenCount":7},"modelVersion":"g"}""";
    private const string ChatRefusal = """{"id":"c1","object":"chat.completion","created":1,"model":"g","choices":[{"index":0,"message":{"role":"assistant","content":null},"finish_reason":"content_filter"}],"usage":{"prompt_tokens":7,"completion_tokens":0,"total_tokens":7}}""";

    private const string ChatRefusalStream = """
        data: {"id":"","object":"","created":0,"model":"","prompt_filter_results":[{"prompt_index":0}],"choices":[]}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"g","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"g","choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"g","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":0,"total_tokens":7}}

        data: [DONE]


        """;

    private const string MessagesRefusal = """{"id":"msg_1","type":"message","role":"assistant","model":"g","content":[],"stop_reason":"refusal","stop_sequence":null,"usage":{"input_tokens":7,"output_tokens":0}}""";

    private const string MessagesRefusalStream = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"g","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":7,"output_tokens":0}}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"refusal","stop_sequence":null},"usage":{"output_tokens":0}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    private const string ConverseRefusal = """{"output":{"message":{"role":"assistant","content":[{"text":"Sorry, I cannot answer that."}]}},"stopReason":"guardrail_intervened","usage":{"inputTokens":7,"outputTokens":0,"totalTokens":7}}""";
    private const string ResponsesRefusal = """{"id":"resp_1","object":"response","created_at":1,"status":"incomplete","incomplete_details":{"reason":"content_filter"},"model":"g","output":[],"usage":{"input_tokens":7,"output_tokens":0,"total_tokens":7}}""";

    public static TheoryData<string, string, string, string, bool> Refusals => new()
    {
        { "a blocked prompt of Gemini's, to its own client", "gemini-generate", GeminiPath, GeminiBlock, false },
        { "a blocked prompt of Gemini's", "gemini-generate", ChatPath, GeminiBlock, false },
        { "a blocked prompt of Gemini's, streamed", "gemini-generate", ChatPath, "data: " + GeminiBlock + "\r\n\r\n", true },
        { "Azure's content filter", "openai-chat", ChatPath, ChatRefusal, false },
        { "Azure's content filter, streamed", "openai-chat", ChatPath, ChatRefusalStream, true },
        { "Azure's content filter, streamed and translated", "openai-chat", MessagesPath, ChatRefusalStream, true },
        { "Anthropic's refusal", "anthropic-messages", MessagesPath, MessagesRefusal, false },
        { "Anthropic's refusal, streamed", "anthropic-messages", MessagesPath, MessagesRefusalStream, true },
        { "Bedrock's guardrail", "bedrock-converse", ChatPath, ConverseRefusal, false },
        { "an incomplete response", "openai-responses", ResponsesPath, ResponsesRefusal, false },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_in_a_200_goes_to_the_content_fallback_and_is_paid_and_not_blamed(string what, string dialect, string path, string body, bool stream)
    {
        await using var strict = ScriptedUpstream.Start(Http(body, stream));
        await using var weir = await StartAsync(strict, dialect, "contentFallback: big");
        for (var i = 0; i < 6; i++)
        {
            var answer = await CallAsync(weir, path, stream);

            Assert.True(answer is { Status: 200, Clean: true, HasError: false }, $"{what}: {answer}");
            var (request, attempts) = await weir.RecordOfAsync(answer);
            // Past the plan's own second target: the route names who may.
            Assert.Equal(["strict", "sim"], attempts.Select(a => a.Provider));
            Assert.Equal("sim/big", request.Target);
            var refused = attempts[0].Settlement!;
            Assert.Equal((AttemptOutcome.Rejected, 200, "content_refused"), (refused.Outcome, refused.Status, refused.ErrorCode));
            Assert.Equal((UsageSource.Reported, 7), (refused.UsageSource, refused.Usage.InputTotal));
        }
        Assert.All(weir.Host.Targets.All(DateTimeOffset.UtcNow), t => Assert.Equal((BreakerState.Closed, 0), (t.Breaker, t.InFlight)));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Without_a_content_fallback_the_client_reads_the_refusal(string what, string dialect, string path, string body, bool stream)
    {
        await using var strict = ScriptedUpstream.Start(Http(body, stream));
        await using var weir = await StartAsync(strict, dialect, "attempts: {max: 3}");

        var answer = await CallAsync(weir, path, stream);

        Assert.True(answer is { Status: 200, Clean: true, HasError: false }, $"{what}: {answer}");
        Assert.Equal(AttemptOutcome.Ok, Assert.Single((await weir.RecordOfAsync(answer)).Attempts).Settlement!.Outcome);
    }

    [Theory]
    [InlineData("attempts: {max: 1}, contentFallback: big")]
    [InlineData("contentFallback: strict-too")]
    public async Task The_last_refusal_there_can_be_is_the_clients_to_read(string route)
    {
        await using var strict = ScriptedUpstream.Start(Http(ChatRefusal, stream: false));
        await using var weir = await StartAsync(strict, "openai-chat", route);

        var answer = await CallAsync(weir, ChatPath, stream: false);

        Assert.Equal((200, "content_filter"), (answer.Status, answer.Json.GetProperty("choices")[0].GetProperty("finish_reason").GetString()));
    }

    [Fact]
    public async Task A_stream_that_has_begun_keeps_its_refusal()
    {
        const string content = """
            data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"g","choices":[{"index":0,"delta":{"role":"assistant","content":"Well"},"finish_reason":null}]}


            """;
        await using var strict = ScriptedUpstream.Start(Http(content + ChatRefusalStream, stream: true));
        await using var weir = await StartAsync(strict, "openai-chat", "contentFallback: big");

        var answer = await CallAsync(weir, ChatPath, stream: true);

        Assert.Contains("\"content_filter\"", answer.Text, StringComparison.Ordinal);
        Assert.Single((await weir.RecordOfAsync(answer)).Attempts);
    }

    private static Task<WeirFixture> StartAsync(ScriptedUpstream strict, string dialect, string route) => WeirFixture.StartAsync($$"""
        server: {drainTimeout: 0s}
        providers:
          - {name: strict, kind: simulated, baseUrl: "{{strict.BaseUrl}}", dialects: { {{dialect}}: } }
          - {name: sim, kind: simulated, baseUrl: "{sim}"}
        models:
          - {name: m, targets: [{provider: strict, model: a}, {provider: sim, model: b}]}
          - {name: strict-too, targets: [{provider: strict, model: c}]}
          - {name: big, targets: [{provider: sim, model: big}]}
        routes:
          - {name: r, match: {models: [m]}, {{route}} }
        """);

    private static Task<Answer> CallAsync(WeirFixture weir, string path, bool stream) => path == GeminiPath
        ? weir.PostAsync(path, """{"contents":[{"role":"user","parts":[{"text":"hello"}]}]}"""u8.ToArray())
        : weir.CallAsync(path, "m", "hello", stream, stream && path == ChatPath ? ",\"stream_options\":{\"include_usage\":true}" : "");

    private static byte[] Http(string body, bool stream)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\ncontent-type: {(stream ? "text/event-stream" : "application/json")}\r\nconnection: close\r\ncontent-length: {bytes.Length}\r\n\r\n"), .. bytes];
    }
}
