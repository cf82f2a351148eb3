using System.Text;
using System.Text.Json;
using Weir.Core.Metering;
using Weir.Core.Routing.Health;
using Weir.Simulator;
using Weir.Simulator.Scripts;
using Weir.Tests.Chaos;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Spine.Continuations;

/// <summary>
/// A gateway whose route continues cut answers. Models are called <c>go-FIRST-SECOND</c>: FIRST (<c>chat</c>,
/// <c>messages</c>) says <see cref="Whole"/> and is cut where the prompt says so ("cut after 5."); SECOND goes on.
/// </summary>
public sealed class ContinuationWorld : IAsyncLifetime
{
    /// <summary>What both upstreams say: with white space of several kinds, and characters of several bytes.</summary>
    public const string Whole = "Der Fluß steigt.\n\nThen the keeper opens 水門 one by one:\n    first   gate.";

    /// <summary>What the client has got when <see cref="InWhiteSpace"/> was asked for.</summary>
    public const string Beginning = "Der Fluß steigt.\n\n";

    /// <summary>A prompt whose answer is cut after white space (chat).</summary>
    public const string InWhiteSpace = "cut in white space";

    /// <summary>Events of the longest dialect, and some more.</summary>
    private const int MostEvents = 40;

    public WeirFixture Weir { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var said = JsonSerializer.Serialize(Whole);
        var rules = Enumerable.Range(0, MostEvents).SelectMany(at => new[] { "cut", "stall", "error-at" }
            .Select(how => $$$"""{"match":{"model":"first*","contains":"{{{how}}} after {{{at}}}."},"do":{"echo":{{{said}}},"pace":"1ms","{{{how}}}":{{{at}}}}}""")).ToList();
        // The simulator's pieces end in white space only at a text's end: one that ends early, and is cut before it says so.
        rules.Add($$$"""{"match":{"model":"first","contains":"{{{InWhiteSpace}}}"},"do":{"echo":{{{JsonSerializer.Serialize(Beginning)}}},"pace":"1ms","cut":4}}""");
        // The second is cut as well, after its first words; a third could go on.
        rules.Add($$$"""{"match":{"model":"second-cut","contains":"cut"},"do":{"echo":{{{said}}},"pace":"1ms","cut":6}}""");
        rules.Add("""{"match":{"model":"second-other","contains":"cut"},"do":{"echo":"Something else altogether."}}""");
        rules.Add("""{"match":{"model":"second-refuses","contains":"cut"},"do":{"status":400}}""");
        rules.Add($$$"""{"match":{"model":"other"},"do":{"echo":{{{said}}},"pace":"1ms","cut":6}}""");
        rules.Add("""{"match":{"model":"tool*"},"do":{"tool":"look_up","pace":"1ms","cut":6}}""");
        rules.Add("""{"match":{"model":"think*"},"do":{"thinking":4,"tokens":9,"pace":"1ms","cut":12}}""");
        rules.Add("""{"match":{"model":"sign"},"do":{"thinking":4,"tokens":9}}""");
        rules.Add("""{"match":{"contains":"structured"},"do":{"pace":"1ms","cut":6}}""");
        rules.Add($$$"""{"match":{},"do":{"echo":{{{said}}},"pace":"1ms"}}""");
        Weir = await WeirFixture.StartAsync(Configuration, new SimulatorOptions { CaptureRequests = true, Script = SimulatorScript.Parse("{\"rules\":[" + string.Join(',', rules) + "]}") },
            breaker: BreakerPolicy.Never);
    }

    public async ValueTask DisposeAsync()
    {
        if (Weir is not null)
            await Weir.DisposeAsync();
    }

    /// <summary>A streamed call, read to its end, with what the ledger says of it.</summary>
    public async Task<(Answer Answer, RequestRecord Request, IReadOnlyList<LedgerEntry> Attempts)> CallAsync(ChaosDialect client, string model, string text, string extra = "")
    {
        var (path, body) = client.Ask(model, stream: true, text);
        var answer = await Weir.PostAsync(path, Encoding.UTF8.GetBytes(body[..^1] + extra + "}"));
        var (request, attempts) = await Weir.RecordOfAsync(answer);
        return (answer, request, attempts);
    }

    /// <summary>The attempts of a decision record.</summary>
    public static IReadOnlyList<JsonElement> Decided(RequestRecord request) =>
        [.. JsonDocument.Parse(request.Decision).RootElement.GetProperty("attempts").EnumerateArray()];

    /// <summary>Why the attempt's answer was not gone on with.</summary>
    public static string? NotContinued(JsonElement attempt) => attempt.TryGetProperty("notContinued", out var reason) ? reason.GetString() : null;

    private const string Configuration = """
        server: {drainTimeout: 0s}
        providers:
          - {name: chat, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }}
          - {name: messages, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: }}
          - {name: mistral, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }, quirks: {prefill: echoed-prefix}}
          - {name: vllm, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }, quirks: {prefill: continue-final-message}}
          - {name: gemini, kind: simulated, baseUrl: "{sim}", dialects: {gemini-generate: }}
          - {name: responses, kind: simulated, baseUrl: "{sim}", dialects: {openai-responses: }}
          - {name: impatient, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }, timeouts: {idle: 300ms}}
        models:
          - {name: go-chat-messages, targets: [{provider: chat, model: first}, {provider: messages, model: second, capabilities: [prefill, tools]}]}
          - {name: go-chat-mistral, targets: [{provider: chat, model: first}, {provider: mistral, model: second, capabilities: [prefill, tools]}]}
          - {name: go-chat-vllm, targets: [{provider: chat, model: first}, {provider: vllm, model: second, capabilities: [prefill, tools]}]}
          - {name: go-messages-messages, targets: [{provider: messages, model: first}, {provider: messages, model: second, capabilities: [prefill, tools]}]}
          - {name: go-messages-mistral, targets: [{provider: messages, model: first}, {provider: mistral, model: second, capabilities: [prefill, tools]}]}
          - {name: go-impatient-messages, targets: [{provider: impatient, model: first}, {provider: messages, model: second, capabilities: [prefill, tools]}]}
          - {name: go-three, targets: [{provider: chat, model: first}, {provider: messages, model: second-cut, capabilities: [prefill]}, {provider: vllm, model: third, capabilities: [prefill]}]}
          - {name: go-other, targets: [{provider: chat, model: first}, {provider: messages, model: second-other, capabilities: [prefill]}]}
          - {name: go-refused, targets: [{provider: chat, model: first}, {provider: messages, model: second-refuses, capabilities: [prefill]}, {provider: vllm, model: third, capabilities: [prefill]}]}
          - {name: go-tool, targets: [{provider: messages, model: tool}, {provider: vllm, model: second, capabilities: [prefill, tools]}]}
          - {name: go-think, targets: [{provider: messages, model: think}, {provider: vllm, model: second, capabilities: [prefill]}]}
          - {name: go-responses, targets: [{provider: responses, model: first}, {provider: vllm, model: second, capabilities: [prefill]}]}
          - {name: go-signed-messages, targets: [{provider: messages, model: sign}, {provider: vllm, model: second, capabilities: [prefill]}]}
          - {name: go-signed-gemini, targets: [{provider: gemini, model: sign}, {provider: vllm, model: second, capabilities: [prefill]}]}
          - {name: signed-messages, targets: [{provider: messages, model: sign}]}
          - {name: signed-gemini, targets: [{provider: gemini, model: sign}]}
          - {name: go-forms, targets: [{provider: chat, model: first}, {provider: vllm, model: second, capabilities: [prefill]}]}
          - {name: twice, targets: [{provider: chat, model: first}, {provider: chat, model: other}, {provider: vllm, model: second, capabilities: [prefill]}]}
          - {name: go-without, targets: [{provider: chat, model: first, capabilities: [prefill]}, {provider: chat, model: second}]}
          - {name: plain, targets: [{provider: chat, model: first}, {provider: messages, model: second, capabilities: [prefill]}]}
        routes:
          - {name: forms, match: {models: [go-forms]}, set: {parameters: {response_format: {type: json_object}}}, attempts: {continue: true}}
          - {name: go, match: {models: ["go-*"]}, attempts: {continue: true}}
          - {name: twice, match: {models: [twice]}, attempts: {continue: true, max: 2}}
        """;
}
