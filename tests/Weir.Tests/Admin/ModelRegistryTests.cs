using System.Text.Json;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Admin;

/// <summary>The model registry of a running gateway.</summary>
public sealed class ModelRegistryTests
{
    private const string Configuration = """
        server: {drainTimeout: 0s}
        providers:
          - {name: sim, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: }}
          - {name: gone, kind: simulated, baseUrl: "http://127.0.0.1:9/v1", dialects: {anthropic-messages: }}
        models:
          - {name: chat, aliases: [fast], targets: [{provider: sim, model: claude-sonnet-5, contextWindow: 128000}]}
          - {name: back, access: internal, targets: [{provider: sim, model: no-such-model}]}
          - {name: quiet, access: hidden, targets: [{provider: gone, model: m}]}
        """;

    [Fact]
    public async Task Discovery_says_what_providers_offer_and_what_they_do_not()
    {
        await using var weir = await WeirFixture.StartAsync(Configuration);
        using var admin = new HttpClient { BaseAddress = weir.Admin };
        admin.DefaultRequestHeaders.Authorization = new("Bearer", weir.AdminToken);
        var before = await JsonAsync(admin.GetAsync("/admin/v1/models", TestContext.Current.CancellationToken));
        Assert.Equal(0, before.GetProperty("providers").GetArrayLength());
        Assert.False(Model(before, "chat").GetProperty("targets")[0].TryGetProperty("offered", out _));
        Assert.Equal("internal", Model(before, "back").GetProperty("access").GetString());
        Assert.Equal("hidden", Model(before, "quiet").GetProperty("access").GetString());
        Assert.Equal(128000, Model(before, "fast").GetProperty("targets")[0].GetProperty("contextWindow").GetInt64());

        var after = await JsonAsync(admin.PostAsync("/admin/v1/models/discover", null, TestContext.Current.CancellationToken));
        var sim = after.GetProperty("providers").EnumerateArray().Single(p => p.GetProperty("provider").GetString() == "sim");
        Assert.Contains("claude-sonnet-5", sim.GetProperty("models").EnumerateArray().Select(m => m.GetString()));
        Assert.DoesNotContain("claude-sonnet-5", sim.GetProperty("unserved").EnumerateArray().Select(m => m.GetString()));
        Assert.True(Model(after, "chat").GetProperty("targets")[0].GetProperty("offered").GetBoolean());
        Assert.False(Model(after, "back").GetProperty("targets")[0].GetProperty("offered").GetBoolean());
        var gone = after.GetProperty("providers").EnumerateArray().Single(p => p.GetProperty("provider").GetString() == "gone");
        Assert.NotEqual("", gone.GetProperty("problem").GetString());
        Assert.False(Model(after, "quiet").GetProperty("targets")[0].TryGetProperty("offered", out _));
    }

    [Fact]
    public async Task Aliases_answer_hidden_models_are_not_listed_and_internal_ones_do_not_exist()
    {
        await using var weir = await WeirFixture.StartAsync(Configuration);
        Assert.Equal("sim/claude-sonnet-5", (await weir.ChatAsync("fast", "hi")).Headers["x-weir-target"]);
        Assert.Equal("model_not_found", (await weir.ChatAsync("back", "hi")).Error.GetProperty("code").GetString());
        var list = JsonDocument.Parse(await weir.Http.GetStringAsync("/v1/models", TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(["chat", "fast"], list.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()!).Order());
        Assert.Equal(404, (int)(await weir.Http.GetAsync("/v1/models/back", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static JsonElement Model(JsonElement registry, string name) =>
        registry.GetProperty("models").EnumerateArray().Single(m => m.GetProperty("name").GetString() == name);

    private static async Task<JsonElement> JsonAsync(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        Assert.True(response.IsSuccessStatusCode, response.StatusCode.ToString());
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }
}
