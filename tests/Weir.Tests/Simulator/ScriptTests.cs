using System.Net;
using System.Text.Json;
using Weir.Simulator.Records;
using Weir.Simulator.Scripts;
using Xunit;
using static Weir.Tests.Simulator.SimulatorClient;

namespace Weir.Tests.Simulator;

public sealed class ScriptTests
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task The_first_rule_that_takes_a_call_wins_and_counts_only_its_own_calls()
    {
        await using var sim = await StartAsync(new()
        {
            Script = SimulatorScript.Parse("""
                {
                  "defaults": { "tokens": 3 },
                  "rules": [
                    { "match": { "contains": "never" }, "do": { "status": 403 } },
                    { "match": { "model": "gpt-*", "nth": 2 }, "do": { "status": 429, "retry-after": 1 } },
                    { "match": { "path": "*/chat/completions", "every": 3 }, "do": { "status": 503 } }
                  ]
                }
                """),
        });
        var seen = new List<HttpStatusCode>();
        for (var call = 0; call < 7; call++)
        {
            using var response = await sim.PostAsync(Path, Chat("hello"));
            seen.Add(response.StatusCode);
        }

        // The second call went to the second rule, so the third rule's third call is the fourth of all.
        Assert.Equal([200, 429, 200, 503, 200, 200, 503], seen.Select(status => (int)status));
        await sim.JsonAsync(Path, Chat("never"), 403);
        var directed = await sim.JsonAsync(Path, Chat("never [[sim tokens=4]]"));
        Assert.Equal(4, directed.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        var plain = await sim.JsonAsync(Path, Chat("plain"));
        Assert.Equal(3, plain.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Theory]
    [InlineData("""{"rules":[{"do":{"tokns":1}}]}""", "tokns")]
    [InlineData("""{"rules":[{"match":{"modl":"x"},"do":{}}]}""", "modl")]
    [InlineData("""{"rule":[]}""", "rule")]
    [InlineData("""{"rules":[{"match":{"nth":0},"do":{}}]}""", "nth")]
    [InlineData("""{"rules":[{"do":{"pace":"quick"}}]}""", "pace")]
    [InlineData("""{""", "Not a simulator script")]
    public void A_mistake_in_a_script_is_named(string json, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => SimulatorScript.Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_served_report_sums_what_the_records_say()
    {
        await using var sim = await StartAsync();
        await sim.JsonAsync(Path, Chat("[[sim tokens=5]]"));
        await sim.JsonAsync("/v1/messages", Messages("[[sim tokens=7 thinking=2]]"));
        await sim.JsonAsync(Path, Chat("[[sim status=500]]"), 500);

        async Task<JsonElement> Get(string path) =>
            JsonDocument.Parse(await sim.Http.GetStringAsync(path, TestContext.Current.CancellationToken)).RootElement;
        var served = await Get("/sim/served");
        Assert.Equal(3, served.GetProperty("calls").GetInt32());
        Assert.Equal(1, served.GetProperty("completions").GetProperty("rejected").GetInt32());
        Assert.Equal(12, served.GetProperty("usage").GetProperty("output_visible").GetInt32());
        Assert.Equal(2, served.GetProperty("usage").GetProperty("reasoning").GetInt32());
        Assert.Equal(2, served.GetProperty("models").GetArrayLength());
        var calls = await Get("/sim/calls?since=1");
        Assert.Equal([2, 3], calls.EnumerateArray().Select(call => call.GetProperty("sequence").GetInt32()));
        Assert.Equal("anthropic.messages", calls[0].GetProperty("dialect").GetString());

        using var reset = await sim.Http.PostAsync("/sim/reset", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, reset.StatusCode);
        Assert.Equal(0, (await Get("/sim/served")).GetProperty("calls").GetInt32());
        Assert.Empty(sim.Server.State.Calls());
    }

    [Fact]
    public async Task Totals_stay_exact_under_concurrent_calls()
    {
        await using var sim = await StartAsync();
        var usages = await Task.WhenAll(Enumerable.Range(0, 200).Select(async index =>
            (await sim.JsonAsync(Path, Chat($"call {index} [[sim tokens={index}]]"))).GetProperty("usage")));
        var served = sim.Server.State.Usage;
        Assert.Equal(usages.Sum(usage => usage.GetProperty("prompt_tokens").GetInt64()), served.Input);
        Assert.Equal(usages.Sum(usage => usage.GetProperty("completion_tokens").GetInt64()), served.Output);
        Assert.Equal(200, sim.Server.State.Calls().Select(call => call.RequestId).Distinct().Count());
    }

    [Fact]
    public async Task A_captured_request_is_what_was_sent()
    {
        await using var sim = await StartAsync(new() { CaptureRequests = true });
        await sim.JsonAsync(Path + "?x=1", Chat("keep this"));
        var captured = Assert.Single(sim.Server.State.Calls()).Request!;
        Assert.Equal((Path, "?x=1"), (captured.Path, captured.Query));
        Assert.Contains("keep this", System.Text.Encoding.UTF8.GetString(captured.Body.Span), StringComparison.Ordinal);
        Assert.Contains(captured.Headers, header => header is { Key: "Authorization", Value: "Bearer test" });
    }

    [Fact]
    public async Task A_client_that_leaves_is_recorded_with_what_it_was_sent()
    {
        await using var sim = await StartAsync();
        using (var response = await sim.PostAsync(Path, Chat("[[sim tokens=1000000 pace=1ms]]", stream: true), stream: true))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        }

        await sim.Server.State.WaitUntilAsync(state => state.Finished == 1, TestContext.Current.CancellationToken);
        var call = sim.Server.State.Calls()[0];
        Assert.Equal(Completion.Aborted, call.Completion);
        Assert.Equal(call.Events - 1, call.Usage.OutputVisible);
    }
}
