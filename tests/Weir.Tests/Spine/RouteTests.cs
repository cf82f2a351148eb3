using System.Text.Json;
using Weir.Simulator;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Spine;

/// <summary>Routes through the whole gateway: where calls arrive, what is in them, and what a caller is told when nothing is left.</summary>
public sealed class RouteTests : IAsyncLifetime
{
    private const string Configuration = """
        server: {drainTimeout: 0s}
        providers:
          - {name: eu-chat, kind: simulated, baseUrl: "{sim}", region: eu-west, residency: [eu], dialects: {openai-chat: }}
          - {name: eu-messages, kind: simulated, baseUrl: "{sim}", region: eu-central, residency: [eu], dialects: {anthropic-messages: }}
          - {name: us-chat, kind: simulated, baseUrl: "{sim}", region: us-east, residency: [us], dialects: {openai-chat: }}
          - {name: down, kind: simulated, baseUrl: "http://127.0.0.1:1/v1", region: eu-west, residency: [eu], dialects: {openai-chat: }}
        models:
          - {name: gpt, aliases: [fast], targets: [{provider: us-chat, model: gpt-4o}, {provider: eu-chat, model: gpt-4o}]}
          - {name: claude, targets: [{provider: eu-messages, model: claude-sonnet-5}]}
          - {name: broken, access: internal, targets: [{provider: down, model: gpt-4o}]}
        routes:
          - {name: support, match: {models: [support]}, primary: broken, fallback: claude, maxTokens: 80, region: "eu-*"}
          - {name: small, match: {models: [gpt], inputTokens: {max: 50}}, require: {residency: [eu]}, set: {maxTokens: 70, temperature: {max: 1}, parameters: {top_p: 0.5}}}
          - {name: elsewhere, match: {models: [claude]}, require: {providers: {deny: [eu-messages, us-chat]}}, plan: {fallback: [claude, gpt]}}
        """;

    private WeirFixture _weir = null!;

    public async ValueTask InitializeAsync() => _weir = await WeirFixture.StartAsync(Configuration, new SimulatorOptions { CaptureRequests = true });

    public ValueTask DisposeAsync() => _weir.DisposeAsync();

    [Fact]
    public async Task The_short_form_answers_by_its_fallback_within_its_region_and_its_cap()
    {
        var answer = await _weir.ChatAsync("support", "hi", extra: ",\"max_tokens\":5000");
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal("eu-messages/claude-sonnet-5", answer.Headers["x-weir-target"]);
        Assert.Equal("2", answer.Headers["x-weir-attempts"]);
        Assert.Equal(80, Sent().GetProperty("max_tokens").GetInt64());
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("fast")]
    public async Task A_requirement_holds_for_the_model_under_each_of_its_names(string model)
    {
        var answer = await _weir.ChatAsync(model, "hi", extra: ",\"temperature\":1.5");
        Assert.Equal("eu-chat/gpt-4o", answer.Headers["x-weir-target"]);
        var sent = Sent();
        Assert.Equal((70, 1, 0.5), (sent.GetProperty("max_completion_tokens").GetInt64(), sent.GetProperty("temperature").GetDouble(), sent.GetProperty("top_p").GetDouble()));
        Assert.Equal("us-chat/gpt-4o", (await _weir.ChatAsync(model, new string('x', 400))).Headers["x-weir-target"]);
        Assert.False(Sent().TryGetProperty("top_p", out _));
    }

    [Fact]
    public async Task Denied_targets_are_passed_over_and_an_internal_model_is_seen_by_nobody()
    {
        var answer = await _weir.ChatAsync("claude", new string('x', 40));
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal("eu-chat/gpt-4o", answer.Headers["x-weir-target"]);
        Assert.Equal(404, (await _weir.ChatAsync("broken", "hi")).Status);
        var list = await _weir.Http.GetStringAsync("/v1/models", TestContext.Current.CancellationToken);
        Assert.Contains("\"support\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain("broken", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_route_holds_for_the_next_call()
    {
        Assert.Equal("eu-messages/claude-sonnet-5", (await _weir.ChatAsync("support", "hi")).Headers["x-weir-target"]);
        await _weir.RewriteConfigurationAsync(Configuration.Replace("fallback: claude,", "fallback: gpt,", StringComparison.Ordinal));
        await Eventually.GetAsync(async () => (await _weir.ChatAsync("support", "hi")).Headers["x-weir-target"], t => t == "eu-chat/gpt-4o", "the changed route");
    }

    private JsonElement Sent() => JsonDocument.Parse(_weir.Simulator.State.Calls()[^1].Request!.Body).RootElement;
}
