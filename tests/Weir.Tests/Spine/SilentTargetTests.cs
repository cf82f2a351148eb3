using System.Text.Json;
using Weir.Core.Metering;
using Weir.Core.Spine;
using Weir.Simulator;
using Weir.Simulator.Scripts;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Spine;

/// <summary>How long a silent target is waited for while another stands by and nothing is set. Time belongs to the test.</summary>
public sealed class SilentTargetTests
{
    private readonly JumpingTime _time = new();

    [Theory]
    [InlineData("silent", true, 30)]
    [InlineData("headers", true, 30)]
    [InlineData("trickle", true, 30)]
    [InlineData("silent", false, 240)]
    [InlineData("headers", false, 240)]
    [InlineData("trickle", false, 240)]
    public async Task A_target_of_which_nothing_is_known_is_left_after_the_floor(string how, bool stream, int seconds)
    {
        await using var weir = await StartAsync();

        var answer = await CallAsync(weir, how, stream);

        Assert.True(answer is { Status: 200, Clean: true, HasError: false }, answer.ToString());
        var first = await FirstAttemptAsync(weir, answer);
        Assert.Equal(("floor", seconds * 1000), (first.GetProperty("patienceBy").GetString(), first.GetProperty("patienceMs").GetInt32()));
        AssertLeftAfter(seconds, first);
    }

    [Theory]
    [InlineData(true, "slow-stream")]
    [InlineData(false, "slow-whole")]
    public async Task A_slow_target_that_has_shown_it_is_waited_for(bool stream, string model)
    {
        await using var weir = await StartAsync();
        await CallAsync(weir, "only-" + model, stream);

        var answer = await CallAsync(weir, model, stream);

        Assert.Equal(AttemptOutcome.Ok, Assert.Single((await weir.RecordOfAsync(answer)).Attempts).Settlement!.Outcome);
    }

    [Theory]
    [InlineData(true, "slow-stream-both")]
    [InlineData(false, "slow-whole-both")]
    public async Task A_slow_target_is_left_once_when_the_call_was_slow_elsewhere_too(bool stream, string model)
    {
        await using var weir = await StartAsync();

        var left = await weir.RecordOfAsync(await CallAsync(weir, model, stream));
        var waited = await weir.RecordOfAsync(await CallAsync(weir, model, stream));

        Assert.Equal([AttemptOutcome.TimedOut, AttemptOutcome.Ok], left.Attempts.Select(a => a.Settlement!.Outcome));
        Assert.Equal("first", Assert.Single(waited.Attempts).Provider);
    }

    [Theory]
    [InlineData("0s", true, 300)]
    [InlineData("0s", false, 300)]
    [InlineData("5s", true, 5)]
    public async Task A_route_decides_otherwise_with_firstContentWithin(string set, bool stream, int seconds)
    {
        await using var weir = await StartAsync($"routes: [{{name: r, match: {{models: [silent]}}, attempts: {{firstContentWithin: {set}}} }}]");

        var answer = await CallAsync(weir, "silent", stream);

        Assert.True(answer.Status == 200, answer.ToString());
        var first = await FirstAttemptAsync(weir, answer);
        AssertLeftAfter(seconds, first);
        Assert.Equal(set == "5s" ? ("route", 5000) : (null, 0),
            (first.TryGetProperty("patienceBy", out var by) ? by.GetString() : null, first.TryGetProperty("patienceMs", out var patience) ? patience.GetInt32() : 0));
    }

    [Fact]
    public async Task The_last_target_is_waited_for_as_long_as_its_provider_allows()
    {
        await using var weir = await StartAsync();

        var answer = await CallAsync(weir, "only-slow-whole", stream: false);

        Assert.True(answer.Status == 200, answer.ToString());
        Assert.True((await FirstAttemptAsync(weir, answer)).GetProperty("ms").GetDouble() > ContentPatience.WholeFloor.TotalMilliseconds);
    }

    /// <summary>Calls, and lets time jump on by five seconds at a time once the call is at its first target.</summary>
    private async Task<Answer> CallAsync(WeirFixture weir, string model, bool stream)
    {
        var before = weir.Simulator.State.Started;
        var call = weir.ChatAsync(model, "hello", stream);
        await Eventually.TrueAsync(() => weir.Simulator.State.Started > before, "the call to arrive");
        while (await Task.WhenAny(call, Task.Delay(20, TestContext.Current.CancellationToken)) != call)
            _time.Jump(TimeSpan.FromSeconds(5));
        return await call;
    }

    /// <summary>Not earlier than after so many seconds: how much later is the tests' clock's doing.</summary>
    private static void AssertLeftAfter(int seconds, JsonElement attempt)
    {
        Assert.Equal("timed_out", attempt.GetProperty("outcome").GetString());
        Assert.True(attempt.GetProperty("ms").GetDouble() >= seconds * 1000, $"{attempt}");
    }

    private static async Task<JsonElement> FirstAttemptAsync(WeirFixture weir, Answer answer)
    {
        var (request, _) = await weir.RecordOfAsync(answer);
        return JsonDocument.Parse(request.Decision).RootElement.GetProperty("attempts")[0];
    }

    private Task<WeirFixture> StartAsync(string routes = "")
    {
        string[] faults = ["silent", "headers", "trickle"];
        string[] slow = ["slow-stream", "slow-whole"];
        var models = faults.Concat(slow).Select(m => $"  - {{name: {m}, targets: [{{provider: first, model: {m}}}, {{provider: second, model: good}}]}}")
            .Concat(slow.Select(m => $"  - {{name: only-{m}, targets: [{{provider: first, model: {m}}}]}}"))
            .Concat(slow.Select(m => $"  - {{name: {m}-both, targets: [{{provider: first, model: {m}}}, {{provider: second, model: {m}}}]}}"));
        return WeirFixture.StartAsync($"""
            server: {"{drainTimeout: 0s}"}
            providers:
              - {"{name: first, kind: simulated, baseUrl: \"{sim}\", dialects: {openai-chat: }, timeouts: {firstToken: 5m} }"}
              - {"{name: second, kind: simulated, baseUrl: \"{sim}\", dialects: {openai-chat: } }"}
            models:
            {string.Join('\n', models)}
            {routes}
            """, new SimulatorOptions
        {
            TimeProvider = _time,
            Script = SimulatorScript.Parse("""
                {"rules":[
                  {"match":{"model":"silent"},"do":{"silent":1}},
                  {"match":{"model":"headers"},"do":{"stall":0}},
                  {"match":{"model":"trickle"},"do":{"chunk":1,"pace":"3s"}},
                  {"match":{"model":"slow-stream"},"do":{"ttft":"45s"}},
                  {"match":{"model":"slow-whole"},"do":{"ttft":"270s"}}
                ]}
                """),
        }, _time);
    }
}
