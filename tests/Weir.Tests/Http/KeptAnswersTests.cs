using System.Net;
using System.Text;
using System.Text.Json;
using Weir.Core.Identity;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Http;

/// <summary>Answers that Weir keeps for the Responses API over providers that have none.</summary>
public sealed class KeptAnswersTests
{
    private const string Configuration = """
        server: {drainTimeout: 0s}
        tenants: [{name: other}]
        providers:
          - {name: sim-chat, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }}
          - {name: sim-responses, kind: simulated, baseUrl: "{sim}", dialects: {openai-responses: }}
        models:
          - {name: chat, targets: [{provider: sim-chat, model: gpt-4o}]}
          - {name: native, targets: [{provider: sim-responses, model: gpt-5}]}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tenant_finds_its_own_answers_and_no_others()
    {
        await using var weir = await WeirFixture.StartAsync(Configuration);
        var mine = await AskAsync(weir, "chat", "[[sim tokens=3]] secret");
        var theirs = await weir.Host.Keys.CreateAsync(new NewKey("theirs", "other", null, [], null), Cancellation);
        using var other = weir.NewClient(theirs.Secret);

        Assert.Equal(HttpStatusCode.OK, (await weir.Http.GetAsync($"/v1/responses/{mine}", Cancellation)).StatusCode);
        foreach (var path in (string[])[$"/v1/responses/{mine}", $"/v1/responses/{mine}/input_items"])
        {
            using var refused = await other.GetAsync(path, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            Assert.DoesNotContain("secret", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync($"/v1/responses/{mine}", Cancellation)).StatusCode);
        var continued = await weir.PostAsync(WeirFixture.ResponsesPath, Encoding.UTF8.GetBytes($$"""{"model":"chat","input":"x","previous_response_id":"{{mine}}"}"""), other);
        Assert.Equal(400, continued.Status);
        Assert.Equal(HttpStatusCode.OK, (await weir.Http.GetAsync($"/v1/responses/{mine}", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_conversation_moves_on_to_a_provider_that_speaks_the_API_itself()
    {
        await using var weir = await WeirFixture.StartAsync(Configuration, new Weir.Simulator.SimulatorOptions { CaptureRequests = true });
        var first = await AskAsync(weir, "chat", "[[sim tokens=3]] one");
        var second = await weir.PostAsync(WeirFixture.ResponsesPath,
            Encoding.UTF8.GetBytes($$"""{"model":"native","input":"[[sim tokens=3]] two","previous_response_id":"{{first}}"}"""));
        Assert.Equal(200, second.Status);
        var sent = JsonDocument.Parse(weir.Simulator.State.Calls()[^1].Request!.Body).RootElement;
        Assert.False(sent.TryGetProperty("previous_response_id", out _));
        Assert.Equal(["user", "assistant", "user"], sent.GetProperty("input").EnumerateArray().Select(i => i.GetProperty("role").GetString()));
        Assert.Equal("gpt-5", sent.GetProperty("model").GetString());
    }

    [Fact]
    public async Task Ids_of_a_provider_pass_untouched()
    {
        await using var weir = await WeirFixture.StartAsync(Configuration, new Weir.Simulator.SimulatorOptions { CaptureRequests = true });
        var body = Encoding.UTF8.GetBytes("""{"model":"native",  "input":"x", "previous_response_id":"resp_0123"}""");
        var answer = await weir.PostAsync(WeirFixture.ResponsesPath, body);
        Assert.Equal(400, answer.Status);
        Assert.Contains("previous_response_not_found", Encoding.UTF8.GetString(answer.Body), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await weir.Http.GetAsync("/v1/responses/resp_0123", Cancellation)).StatusCode);
    }

    private static async Task<string> AskAsync(WeirFixture weir, string model, string text)
    {
        var answer = await weir.CallAsync(WeirFixture.ResponsesPath, model, text);
        Assert.Equal(200, answer.Status);
        return JsonDocument.Parse(answer.Body).RootElement.GetProperty("id").GetString()!;
    }
}
