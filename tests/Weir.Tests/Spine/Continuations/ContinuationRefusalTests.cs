using System.Text;
using System.Text.RegularExpressions;
using Weir.Core.Metering;
using Weir.Simulator;
using Weir.Simulator.Scripts;
using Weir.Tests.Chaos;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Spine.Continuations.ContinuationWorld;

namespace Weir.Tests.Spine.Continuations;

/// <summary>Where it is not surely safe, a cut ends as on any other route: in the dialect's error event. The record says why.</summary>
public sealed class ContinuationRefusalTests(ContinuationWorld world) : IClassFixture<ContinuationWorld>
{
    private const string Tools = ""","tools":[{"type":"function","function":{"name":"look_up","parameters":{"type":"object","properties":{"q":{"type":"string"}},"required":["q"]}}}]""";

    private static readonly ChaosDialect Chat = ChaosDialect.All[0];

    [Theory]
    [InlineData("go-tool", "look_up something", Tools, "tool call")]
    [InlineData("go-think", "think", "", "reasoning")]
    [InlineData("go-chat-vllm", "hello, cut after 6.", ",\"n\":2", "several answers")]
    [InlineData("go-chat-vllm", "hello, cut after 6.", ",\"logprobs\":true", "log probabilities")]
    [InlineData("go-chat-vllm", "hello, cut after 6.", ",\"reasoning_effort\":\"low\"", "reasoning")]
    [InlineData("go-chat-vllm", "structured", ",\"response_format\":{\"type\":\"json_object\"}", "structured output")]
    [InlineData("go-chat-vllm", "hello, cut after 4.", ",\"max_completion_tokens\":3", "the cap on its length")]
    [InlineData("go-forms", "hello, cut after 6.", "", "the route sets response_format")]
    [InlineData("go-chat-vllm", "hello, cut after 3.", ",\"tool_choice\":\"required\"" + Tools, "a tool call was demanded")]
    [InlineData("go-without", "hello, cut after 6.", "", "no further target")]
    [InlineData("go-chat-vllm", "hello, cut after 3.", ",\"stop\":[\"ß steigt\"]", "stop sequence")]
    public async Task The_client_gets_an_error_event_and_the_record_the_reason(string model, string text, string extra, string reason)
    {
        var (answer, request, attempts) = await world.CallAsync(Chat, model, text, extra);

        Assert.True(Chat.EndingOf(answer, stream: true) == ChaosEnding.ErrorEvent, answer.ToString());
        Assert.Equal(0, StreamReading.EndsOf(Chat, answer));
        Assert.Equal(AttemptOutcome.Cut, Assert.Single(attempts).Settlement!.Outcome);
        Assert.Equal("upstream_cut", request.Outcome);
        Assert.Contains(reason, NotContinued(Decided(request)[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_the_provider_keeps_or_ties_to_its_ids_pass_as_they_are()
    {
        var responses = ChaosDialect.All.Single(d => d.Name == "responses");
        foreach (var (extra, reason) in new[] { ("", "keeps what it makes"), (",\"store\":false", "ties sealed reasoning") })
        {
            var (answer, request, _) = await world.CallAsync(responses, "go-responses", "hello, cut after 7.", extra);

            Assert.True(responses.EndingOf(answer, stream: true) == ChaosEnding.ErrorEvent, answer.ToString());
            Assert.Equal("native", Decided(request)[0].GetProperty("lane").GetString());
            Assert.Contains(reason, NotContinued(Decided(request)[0]), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("messages", "signature_delta\",\"signature\":\"([^\"]+)\"")]
    [InlineData("gemini", "thoughtSignature\":\"([^\"]+)\"")]
    public async Task Reasoning_passes_as_its_provider_signed_it(string name, string signature)
    {
        var client = ChaosDialect.All.Single(d => d.Name == name);
        var (plain, _, _) = await world.CallAsync(client, "signed-" + name, "hello");
        var (answer, request, _) = await world.CallAsync(client, "go-signed-" + name, "hello");

        Assert.Equal("rewrite", Decided(request)[0].GetProperty("lane").GetString());
        // Every call is signed anew; what we sealed ourselves would be neither base64 nor of that length.
        var signed = Convert.FromBase64String(Regex.Match(plain.Text, signature).Groups[1].Value).Length;
        Assert.True(signed > 0 && signed == Convert.FromBase64String(Regex.Match(answer.Text, signature).Groups[1].Value).Length, $"{plain}\n\n{answer}");
        Assert.Equal(StreamReading.TextOf(client, plain), StreamReading.TextOf(client, answer));
        Assert.Equal(StreamReading.UsageOf(client, plain), StreamReading.UsageOf(client, answer));
    }

    [Fact]
    public async Task A_continuation_that_says_something_else_never_gets_through()
    {
        foreach (var client in ChaosDialect.All)
        {
            // After white space, which the target was not shown, and with which its text does not begin.
            var (answer, request, attempts) = await world.CallAsync(client, "go-other", InWhiteSpace);

            Assert.True(client.EndingOf(answer, stream: true) == ChaosEnding.ErrorEvent, $"{client.Name}: {answer}");
            Assert.Equal(Beginning, StreamReading.TextOf(client, answer));
            Assert.Equal([AttemptOutcome.Cut, AttemptOutcome.Failed], attempts.Select(a => a.Settlement!.Outcome));
            Assert.Equal(("continuation_diverged", "upstream_cut"), (attempts[1].Settlement!.ErrorCode, request.Outcome));
        }
    }

    [Fact]
    public async Task The_cap_on_attempts_holds()
    {
        var (answer, request, attempts) = await world.CallAsync(Chat, "twice", "hello, cut after 0.");

        Assert.True(Chat.EndingOf(answer, stream: true) == ChaosEnding.ErrorEvent, answer.ToString());
        Assert.Equal(2, attempts.Count);
        Assert.Contains("attempts.max", NotContinued(Decided(request)[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_continued_and_nothing_is_said_of_it()
    {
        var (answer, request, attempts) = await world.CallAsync(Chat, "plain", "hello, cut after 6.");

        Assert.True(Chat.EndingOf(answer, stream: true) == ChaosEnding.ErrorEvent, answer.ToString());
        Assert.Single(attempts);
        Assert.Null(NotContinued(Decided(request)[0]));
        Assert.Equal("native", Decided(request)[0].GetProperty("lane").GetString());
    }

    [Fact]
    public async Task After_the_deadline_nothing_new_is_begun()
    {
        var time = new JumpingTime();
        await using var weir = await WeirFixture.StartAsync("""
            server: {drainTimeout: 0s}
            providers: [{name: sim, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }, timeouts: {idle: 90s}}]
            models: [{name: late, targets: [{provider: sim, model: first}, {provider: sim, model: second, capabilities: [prefill]}]}]
            routes: [{name: late, match: {models: [late]}, attempts: {continue: true, deadline: 60s}}]
            """, new SimulatorOptions { TimeProvider = time, Script = SimulatorScript.Parse("""{"rules":[{"match":{"model":"first"},"do":{"tokens":9,"stall":5}}]}""") }, time);
        var (path, body) = Chat.Ask("late", stream: true);
        var call = weir.PostAsync(path, Encoding.UTF8.GetBytes(body));
        await Eventually.TrueAsync(() => weir.Host.Metrics.StreamsOpen == 1, "the stream to begin");

        while (await Task.WhenAny(call, Task.Delay(20, TestContext.Current.CancellationToken)) != call)
            time.Jump(TimeSpan.FromSeconds(100));

        var answer = await call;
        var (request, attempts) = await weir.RecordOfAsync(answer);
        Assert.True(Chat.EndingOf(answer, stream: true) == ChaosEnding.ErrorEvent, answer.ToString());
        Assert.Equal(AttemptOutcome.TimedOut, Assert.Single(attempts).Settlement!.Outcome);
        Assert.Contains("attempts.deadline", NotContinued(Decided(request)[0]), StringComparison.Ordinal);
    }
}
