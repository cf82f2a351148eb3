using System.Net;
using System.Text;
using System.Text.Json;
using Weir.Core.Identity;
using Weir.Simulator;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Spine;

/// <summary>What routes match on and what they set, through a whole gateway.</summary>
public sealed class RouteSignalTests : IAsyncLifetime
{
    private const string Configuration = """
        server: {drainTimeout: 0s, trustedRegionHeader: x-edge-country}
        providers:
          - {name: sim-chat, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: , openai-embeddings: }}
          - {name: sim-messages, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: }}
        tenants: [{name: acme, labels: {tier: gold}}]
        teams: [{name: web, tenant: acme, labels: {workload: web}}]
        intents:
          - {name: refund, examples: ["I want my money back", "please refund my last order", "can I get a refund for this", "refund the second charge on my card"]}
          - {name: weather, examples: ["what is the weather like today", "will it rain tomorrow", "how cold does it get tonight", "give me the forecast for Friday"]}
        signals:
          difficulty: {strong: strong, weak: weak, share: 1, explore: 0}
        models:
          - {name: chat, targets: [{provider: sim-chat, model: gpt-4o}]}
          - {name: messages, targets: [{provider: sim-messages, model: claude-sonnet-5}]}
          - {name: support, targets: [{provider: sim-chat, model: support-1}]}
          - {name: secret, targets: [{provider: sim-chat, model: secret-1}]}
          - {name: nearby, targets: [{provider: sim-chat, model: nearby-1}]}
          - {name: refunds, targets: [{provider: sim-chat, model: refunds-1}]}
          - {name: strong, targets: [{provider: sim-chat, model: strong-1}]}
          - {name: weak, targets: [{provider: sim-chat, model: weak-1}]}
        routes:
          - {name: secret, match: {models: [chat], sensitivity: high}, plan: secret}
          - {name: support, match: {models: [chat], workload: support}, plan: support}
          - {name: nearby, match: {models: [chat], when: 'caller.region == "NO"'}, plan: nearby}
          - {name: gold, match: {models: [chat], labels: {tier: [gold]}, when: 'labels["workload"] == "web"'}, plan: nearby}
          - {name: refunds, match: {models: [by-intent], intents: [refund]}, plan: refunds}
          - {name: others, match: {models: [by-intent]}, plan: chat}
          - {name: pair, match: {models: [pair]}, plan: {conditional: [{when: content.strong, plan: strong}, {plan: weak}]}}
          - {name: capped, match: {models: [capped]}, plan: chat, set: {maxTokens: 50, temperature: {max: 1}, parameters: {top_p: 0.9}}}
          - {name: capped-messages, match: {models: [capped-messages]}, plan: messages, set: {maxTokens: 50, parameters: {top_k: 3}}}
        """;

    private WeirFixture _weir = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _weir = await WeirFixture.StartAsync(Configuration, new SimulatorOptions { CaptureRequests = true });

    public ValueTask DisposeAsync() => _weir.DisposeAsync();

    private async Task<HttpClient> ClientAsync(NewKey key, params (string Name, string Value)[] headers)
    {
        var client = _weir.NewClient((await _weir.Host.Keys.CreateAsync(key, Cancellation)).Secret);
        foreach (var (name, value) in headers)
            client.DefaultRequestHeaders.Add(name, value);
        return client;
    }

    private static NewKey Key(string name) => new(name, "default", null, [], null);

    private Task<Answer> AskAsync(HttpClient client, string model = "chat", string text = "hi", string extra = "") =>
        _weir.PostAsync(WeirFixture.ChatPath, Encoding.UTF8.GetBytes(WeirFixture.Body(WeirFixture.ChatPath, model, text, stream: false, extra)), client);

    private static string Served(Answer answer)
    {
        Assert.True(answer.Status == 200, answer.ToString() + answer.Text);
        return answer.Headers["x-weir-target"];
    }

    private JsonElement Sent() => JsonDocument.Parse(_weir.Simulator.State.Calls()[^1].Request!.Body).RootElement;

    [Fact]
    public async Task Labels_of_a_key_choose_its_route()
    {
        using var client = await ClientAsync(Key("support") with { Labels = new Dictionary<string, string> { ["workload"] = "support" } });
        Assert.Equal("sim-chat/support-1", Served(await AskAsync(client)));
        Assert.Equal("sim-chat/gpt-4o", Served(await _weir.ChatAsync("chat", "hi")));
    }

    [Fact]
    public async Task Tenants_and_teams_have_labels_too()
    {
        using var client = await ClientAsync(new NewKey("web", "acme", "web", [], null));
        Assert.Equal("sim-chat/nearby-1", Served(await AskAsync(client)));
    }

    [Theory]
    [InlineData("x-weir-sensitivity", "high")]
    [InlineData("x-weir-labels", "workload=chat, sensitivity=high")]
    public async Task A_caller_sets_the_labels_that_its_key_allows(string header, string value)
    {
        using var client = await ClientAsync(Key("app") with { AllowLabels = ["sensitivity=high", "workload"] }, (header, value));
        var answer = await AskAsync(client);
        Assert.Equal("sim-chat/secret-1", Served(answer));
        Assert.DoesNotContain(_weir.Simulator.State.Calls()[^1].Request!.Headers, h => h.Key.StartsWith("x-weir-", StringComparison.OrdinalIgnoreCase));
        var (record, _) = await _weir.RecordOfAsync(answer);
        Assert.Equal("high", JsonDocument.Parse(record.Decision).RootElement.GetProperty("facts").GetProperty("labels").GetProperty("sensitivity").GetString());
    }

    [Theory]
    [InlineData("x-weir-sensitivity", "low", "label_not_allowed", 403)]
    [InlineData("x-weir-labels", "tier=gold", "label_not_allowed", 403)]
    [InlineData("x-weir-region", "eu", "label_not_allowed", 403)]
    [InlineData("x-weir-labels", "nonsense", "invalid_labels", 400)]
    [InlineData("x-weir-labels", "team=a,team=b", "invalid_labels", 400)]
    public async Task A_label_that_the_key_does_not_allow_is_refused_not_overlooked(string header, string value, string code, int status)
    {
        using var client = await ClientAsync(Key("app") with { AllowLabels = ["sensitivity=high", "team"] }, (header, value));
        var answer = await AskAsync(client);
        Assert.Equal(status, answer.Status);
        Assert.Equal(code, answer.Error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_region_is_what_the_trusted_header_says()
    {
        using var client = await ClientAsync(Key("far"), ("x-edge-country", "NO"));
        Assert.Equal("sim-chat/nearby-1", Served(await AskAsync(client)));
    }

    [Fact]
    public async Task The_intent_chooses_the_route_and_is_recorded()
    {
        Assert.Equal("sim-chat/refunds-1", Served(await _weir.ChatAsync("by-intent", "can I get a refund for my last order please")));
        var answer = await _weir.ChatAsync("by-intent", "how is the weather tomorrow, will it rain");
        Assert.Equal("sim-chat/gpt-4o", Served(answer));
        var (record, _) = await _weir.RecordOfAsync(answer);
        Assert.Equal("weather", JsonDocument.Parse(record.Decision).RootElement.GetProperty("facts").GetProperty("signals").GetProperty("intent").GetString());
    }

    [Fact]
    public async Task The_strong_model_answers_its_share_and_learns_from_feedback()
    {
        var answer = await _weir.ChatAsync("pair", "prove it");
        Assert.Equal("sim-chat/strong-1", Served(answer));
        await _weir.RecordOfAsync(answer);
        using var admin = new HttpClient { BaseAddress = _weir.Admin };
        admin.DefaultRequestHeaders.Authorization = new("Bearer", _weir.AdminToken);
        Assert.Equal(HttpStatusCode.NoContent, await FeedbackAsync($$"""{"request":"{{answer.RequestId}}","score":1}"""));
        Assert.Equal(HttpStatusCode.NotFound, await FeedbackAsync($$"""{"request":"{{answer.RequestId}}","score":1}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await FeedbackAsync("""{"request":"x","score":2}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await FeedbackAsync("""{"score":1}"""));

        async Task<HttpStatusCode> FeedbackAsync(string body)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await admin.PostAsync("/admin/v1/feedback", content, Cancellation);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task What_a_route_sets_reaches_a_provider_of_the_same_dialect()
    {
        var answer = await _weir.ChatAsync("capped", "hi", extra: ",\"max_tokens\":5000,\"temperature\":1.7,\"top_p\":0.1,\"seed\":3");
        Assert.Equal(200, answer.Status);
        Assert.Equal(["top_p", "temperature", "max_tokens"], answer.Headers["x-weir-changed"].Split(", "));
        var sent = Sent();
        Assert.Equal(50, sent.GetProperty("max_tokens").GetInt64());
        Assert.Equal(1, sent.GetProperty("temperature").GetDouble());
        Assert.Equal(0.9, sent.GetProperty("top_p").GetDouble());
        Assert.Equal(3, sent.GetProperty("seed").GetInt64());
        var (record, _) = await _weir.RecordOfAsync(answer);
        Assert.Equal(3, JsonDocument.Parse(record.Decision).RootElement.GetProperty("attempts")[0].GetProperty("changed").GetArrayLength());
    }

    [Fact]
    public async Task What_a_route_sets_reaches_a_provider_of_another_dialect()
    {
        var answer = await _weir.ChatAsync("capped-messages", "hi", extra: ",\"max_tokens\":5000");
        Assert.Equal(200, answer.Status);
        Assert.Equal(50, Sent().GetProperty("max_tokens").GetInt64());
        Assert.Equal(3, Sent().GetProperty("top_k").GetInt64());
        Assert.Equal(200, (await _weir.MessagesAsync("capped-messages", "hi")).Status);
        Assert.Equal(50, Sent().GetProperty("max_tokens").GetInt64());
    }
}
