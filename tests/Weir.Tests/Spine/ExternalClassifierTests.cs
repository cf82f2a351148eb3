using System.Text.Json;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Spine;

/// <summary>A classifier elsewhere: asked only where a route wants to know, and never waited for.</summary>
public sealed class ExternalClassifierTests
{
    private static string Configuration(string classifier) => $$$"""
        server: {drainTimeout: 0s}
        providers:
          - {name: sim-chat, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: , openai-embeddings: }}
          - {name: nobody, kind: simulated, baseUrl: "http://127.0.0.1:9/v1", dialects: {openai-embeddings: }}
        intents:
          - {name: refund, examples: ["I want my money back"]}
          - {name: weather, examples: ["will it rain tomorrow"]}
        signals:
          classifier: {{{classifier}}}
        models:
          - {name: chat, targets: [{provider: sim-chat, model: gpt-4o}]}
          - {name: refunds, targets: [{provider: sim-chat, model: refunds-1}]}
        routes:
          - {name: refunds, match: {models: [by-intent], intents: [refund]}, plan: refunds}
          - {name: others, match: {models: [by-intent]}, plan: chat}
        """;

    [Fact]
    public async Task An_embeddings_model_says_the_intent()
    {
        await using var weir = await WeirFixture.StartAsync(Configuration("{provider: sim-chat, model: text-embedding-3-small, threshold: 0.99, deadline: 20s}"), new Weir.Simulator.SimulatorOptions { CaptureRequests = true });
        await weir.ChatAsync("chat", "I want my money back");
        Assert.DoesNotContain(weir.Simulator.State.Calls(), c => c.Request!.Path.Contains("embeddings", StringComparison.Ordinal));
        Assert.Equal("sim-chat/refunds-1", (await weir.ChatAsync("by-intent", "I want my money back")).Headers["x-weir-target"]);
        Assert.Equal("sim-chat/gpt-4o", (await weir.ChatAsync("by-intent", "will it rain tomorrow")).Headers["x-weir-target"]);
    }

    [Fact]
    public async Task Without_an_answer_the_declared_default_counts()
    {
        await using var weir = await WeirFixture.StartAsync(Configuration("{provider: nobody, model: m, deadline: 5s, default: refund}"));
        var answer = await weir.ChatAsync("by-intent", "will it rain tomorrow");
        Assert.Equal("sim-chat/refunds-1", answer.Headers["x-weir-target"]);
        var (record, _) = await weir.RecordOfAsync(answer);
        Assert.Equal("failed", JsonDocument.Parse(record.Decision).RootElement.GetProperty("classifier").GetString());
    }
}
