using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Spine;

/// <summary>A client that hands back its tool calls and nothing else still gets the vendor's signed reasoning to the vendor.</summary>
public sealed class ReasoningMemoryTests : IAsyncLifetime
{
    private const string Configuration = """
        providers:
          - {name: sim-messages, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: }}
        models:
          - {name: thinker, targets: [{provider: sim-messages, model: claude-sonnet-4-5}]}
        """;

    private const string Extra = ""","reasoning_effort":"low","max_completion_tokens":4000,"tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object"}}}]""";

    private WeirFixture _weir = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _weir = await StartAsync(Configuration);

    public ValueTask DisposeAsync() => _weir.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thinking_goes_on_in_the_middle_of_a_tool_loop(bool stream)
    {
        var call = await FirstTurnAsync(stream);

        var second = await SecondTurnAsync(_weir.Http, call);

        Assert.True(second.Status == 200, second.ToString());
        // The simulator checks the signature as Anthropic does; that it thought again shows that thinking stayed on.
        Assert.NotEmpty(second.Json.GetProperty("choices")[0].GetProperty("message").GetProperty("reasoning_content").GetString()!);
    }

    [Fact]
    public async Task Another_tenant_that_guesses_the_call_id_gets_nothing_of_it()
    {
        var call = await FirstTurnAsync(stream: false);
        var stranger = await _weir.Host.Keys.CreateAsync(new("stranger", "other-tenant", null, [], null), Cancellation);
        using var client = _weir.NewClient(stranger.Secret);

        var second = await SecondTurnAsync(client, call);

        Assert.True(second.Status == 200, second.ToString());
        Assert.False(second.Json.GetProperty("choices")[0].GetProperty("message").TryGetProperty("reasoning_content", out _), second.ToString());
    }

    private async Task<JsonNode> FirstTurnAsync(bool stream)
    {
        var first = await _weir.ChatAsync("thinker", "Look. [[sim tool=look thinking=12]]", stream, Extra);
        Assert.True(first.Status == 200, first.ToString());
        if (!stream)
            return JsonNode.Parse(first.Json.GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls")[0].GetRawText())!;
        var starts = first.Events.Where(e => e != "[DONE]").Select(e => JsonSerializer.Deserialize<JsonNode>(e)!["choices"]?.AsArray().FirstOrDefault()?["delta"]?["tool_calls"]?[0]).OfType<JsonNode>();
        var id = starts.First()["id"]!.GetValue<string>();
        return new JsonObject { ["id"] = id, ["type"] = "function", ["function"] = new JsonObject { ["name"] = "look", ["arguments"] = "{}" } };
    }

    private Task<Answer> SecondTurnAsync(HttpClient client, JsonNode call)
    {
        var messages = new JsonArray(
            new JsonObject { ["role"] = "user", ["content"] = "Look." },
            new JsonObject { ["role"] = "assistant", ["content"] = null, ["tool_calls"] = new JsonArray(call.DeepClone()) },
            new JsonObject { ["role"] = "tool", ["tool_call_id"] = call["id"]!.GetValue<string>(), ["content"] = "nothing there" });
        var body = $$"""{"model":"thinker","messages":{{messages.ToJsonString()}}{{Extra}}}""";
        return _weir.PostAsync(ChatPath, Encoding.UTF8.GetBytes(body), client);
    }
}
