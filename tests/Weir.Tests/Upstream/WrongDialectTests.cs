using System.Text;
using Weir.Core.Metering;
using Weir.Core.Routing.Health;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Upstream;

/// <summary>An upstream that answers, with status 200 and well formed, in another dialect than its provider is declared to speak.</summary>
public sealed class WrongDialectTests
{
    private const string Chat = """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"foreign words"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""";
    private const string Message = """{"id":"msg","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"foreign words"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":2}}""";
    private const string Gemini = """{"candidates":[{"content":{"role":"model","parts":[{"text":"foreign words"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2,"totalTokenCount":3}}""";
    private const string Converse = """{"output":{"message":{"role":"assistant","content":[{"text":"foreign words"}]}},"stopReason":"end_turn","usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3}}""";
    private const string Responses = """{"id":"resp","object":"response","status":"completed","model":"m","output":[{"type":"message","id":"m1","role":"assistant","status":"completed","content":[{"type":"output_text","text":"foreign words","annotations":[]}]}],"usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3}}""";
    private const string Ollama = """{"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"foreign words"},"done":true,"done_reason":"stop","prompt_eval_count":1,"eval_count":2}""";
    private const string Cohere = """{"id":"c","message":{"role":"assistant","content":[{"type":"text","text":"foreign words"}]},"finish_reason":"COMPLETE","usage":{"tokens":{"input_tokens":1,"output_tokens":2}}}""";

    private static readonly (string Dialect, string Type, string Body)[] Wholes =
    [
        ("openai-chat", "application/json", Chat), ("anthropic-messages", "application/json", Message), ("gemini-generate", "application/json", Gemini),
        ("bedrock-converse", "application/json", Converse), ("openai-responses", "application/json", Responses), ("ollama-chat", "application/json", Ollama),
        ("cohere-chat", "application/json", Cohere),
    ];

    private static readonly (string Dialect, string Type, string Body)[] Streams =
    [
        ("openai-chat", "text/event-stream", """
            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"foreign words"},"finish_reason":null}]}

            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]


            """),
        ("anthropic-messages", "text/event-stream", """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":1,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"foreign words"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}

            event: message_stop
            data: {"type":"message_stop"}


            """),
        ("gemini-generate", "text/event-stream", $"data: {Gemini}\n\n"),
        ("openai-responses", "text/event-stream", "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":0,\"response\":" + Responses + "}\n\n"),
        ("bedrock-converse", "application/vnd.amazon.eventstream", "not frames at all"),
    ];

    /// <summary>Declared dialect × what comes instead × stream.</summary>
    public static TheoryData<string, string, bool> Cases()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var declared in new[] { "openai-chat", "anthropic-messages", "gemini-generate", "bedrock-converse", "openai-responses" })
        {
            foreach (var (dialect, _, _) in Wholes.Where(w => w.Dialect != declared))
                data.Add(declared, dialect, false);
            foreach (var (dialect, _, _) in Streams.Where(s => s.Dialect != declared))
                data.Add(declared, dialect, true);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Is_a_typed_error_settled_and_asked_once_per_target(string declared, string spoken, bool stream)
    {
        var (_, type, body) = (stream ? Streams : Wholes).Single(a => a.Dialect == spoken);
        body = body.ReplaceLineEndings("\n");
        await using var upstream = ScriptedUpstream.Start(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\ncontent-type: {type}\r\ncontent-length: {Encoding.UTF8.GetByteCount(body)}\r\nconnection: close\r\n\r\n{body}"));
        await using var weir = await WeirFixture.StartAsync($$"""
            server: {drainTimeout: 0s}
            providers:
              - {name: odd, kind: openai-compatible, baseUrl: "{{upstream.BaseUrl}}", allowPrivateNetwork: true, dialects: { {{declared}}: } }
              - {name: near, kind: simulated, baseUrl: "{sim}"}
            models:
              - {name: alone, targets: [{provider: odd, model: m}]}
              - {name: backed, targets: [{provider: odd, model: m}, {provider: near, model: m}]}
            """, breaker: BreakerPolicy.Never with { LongestRest = TimeSpan.Zero });

        foreach (var path in new[] { ChatPath, MessagesPath, ResponsesPath })
        {
            var before = upstream.Peers.Count;
            var answer = await weir.CallAsync(path, "alone", "hello", stream);

            Assert.True(answer is { Status: 502, Clean: true, HasError: true }, $"{path}: {answer}");
            Assert.DoesNotContain("foreign words", answer.Text, StringComparison.Ordinal);
            Assert.Equal(before + 1, upstream.Peers.Count);
            var (request, attempts) = await weir.RecordOfAsync(answer);
            Assert.Contains(request.Outcome, (string[])["upstream_unreadable", "upstream_cut", "malformed_response", "malformed_event", "malformed_chunk"]);
            Assert.Contains(Assert.Single(attempts).Settlement!.Outcome, (AttemptOutcome[])[AttemptOutcome.Failed, AttemptOutcome.Cut]);

            var backed = await weir.CallAsync(path, "backed", "hello", stream);
            Assert.True(backed is { Status: 200, Clean: true, HasError: false }, $"{path}: {backed}");
            Assert.Equal("2", backed.Headers["x-weir-attempts"]);
        }
    }
}
