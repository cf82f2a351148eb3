using System.Text;
using Weir.Core.Metering;
using Weir.Core.Routing.Health;
using Weir.Simulator;
using Weir.Simulator.Scripts;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Spine;

/// <summary>What a route says about how hard its calls are tried. That everything fails over is in <see cref="FailoverTests"/> and the chaos proof.</summary>
public sealed class AttemptLoopTests
{
    private const string TooLong = """{"error":{"message":"This model's maximum context length is 100 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""";
    private const string Refused = """{"error":{"message":"The response was filtered.","type":"invalid_request_error","param":"prompt","code":"content_filter"}}""";

    /// <summary>Models <c>m</c> over two targets, <c>only</c> over the first, <c>big</c> elsewhere; the rules say what the upstream models a, b and big do.</summary>
    private static Task<WeirFixture> StartAsync(string route, string rules = "", BreakerPolicy? breaker = null, string a = "{sim}") => WeirFixture.StartAsync($$$"""
        server: {drainTimeout: 0s}
        providers:
          - {name: pa, kind: simulated, baseUrl: "{{{a}}}", dialects: {openai-chat: }}
          - {name: pb, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }}
        models:
          - {name: m, targets: [{provider: pa, model: a}, {provider: pb, model: b}]}
          - {name: only, targets: [{provider: pa, model: a}]}
          - {name: same, targets: [{provider: pa, model: a}, {provider: pb, model: a}]}
          - {name: big, targets: [{provider: pb, model: big}]}
        routes:
          - {name: r, match: {models: [m, only, same]}, {{{route}}} }
        """, new SimulatorOptions { Script = SimulatorScript.Parse("{\"rules\":[" + rules + "]}") }, breaker: breaker ?? BreakerPolicy.Never);

    private static string Rule(string model, string directives, string match = "") => $$$"""{"match":{"model":"{{{model}}}"{{{match}}}},"do":{ {{{directives}}} }}""";

    private static byte[] Http(int status, string body) => Encoding.UTF8.GetBytes(
        $"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    private static AttemptOutcome[] Outcomes(IReadOnlyList<LedgerEntry> attempts) => [.. attempts.Select(a => a.Settlement!.Outcome)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hedge_answers_for_a_target_that_is_slow_and_the_slow_one_is_cancelled_and_settled(bool stream)
    {
        await using var weir = await StartAsync("attempts: {hedgeAfter: 50ms}", Rule("a", "\"ttft\":\"10m\""));

        var answer = await weir.ChatAsync("m", "hello", stream);

        Assert.True(answer is { Status: 200, Clean: true, HasError: false }, answer.ToString());
        var (request, attempts) = await weir.RecordOfAsync(answer);
        Assert.Equal([AttemptOutcome.Superseded, AttemptOutcome.Ok], Outcomes(attempts));
        Assert.Equal("pb/b", request.Target);
        Assert.Equal("2", answer.Headers["x-weir-attempts"]);
        Assert.Equal(request.Usage.OutputTotal, attempts.Sum(e => e.Settlement!.Usage.OutputTotal));
        Assert.Equal(UsageSource.Estimated, attempts[0].Settlement!.UsageSource);
        await Eventually.TrueAsync(() => weir.Simulator.State.Calls().Count(c => c.Model == "a") == 1, "the slow call to end");
        Assert.All(weir.Host.Targets.All(DateTimeOffset.UtcNow), t => Assert.Equal(0, t.InFlight));
    }

    [Fact]
    public async Task A_first_attempt_that_gets_there_after_all_wins_against_its_hedge()
    {
        await using var weir = await StartAsync("attempts: {hedgeAfter: 10ms}", Rule("a", "\"ttft\":\"400ms\"") + "," + Rule("b", "\"ttft\":\"10m\""));

        var answer = await weir.ChatAsync("m", "hello", stream: true);

        Assert.True(answer is { Status: 200, HasError: false, HasEndMarker: true }, answer.ToString());
        var (request, attempts) = await weir.RecordOfAsync(answer);
        Assert.Equal([AttemptOutcome.Ok, AttemptOutcome.Superseded], Outcomes(attempts));
        Assert.Equal("pa/a", request.Target);
    }

    [Fact]
    public async Task However_close_the_race_exactly_one_attempt_answers_each_call()
    {
        await using var weir = await StartAsync("attempts: {hedgeAfter: 10ms}",
            Rule("a", "\"ttft\":\"12ms\",\"pace\":\"1ms\",\"tokens\":5") + "," + Rule("b", "\"pace\":\"1ms\",\"tokens\":5"));
        var hedged = 0;
        for (var round = 0; round < 10; round++)
        {
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 10).Select(i => weir.ChatAsync("m", "hello", stream: i % 2 == 0))))
            {
                Assert.True(answer is { Status: 200, Clean: true, HasError: false }, answer.ToString());
                Assert.InRange(answer.Events.Count(e => e == "[DONE]"), 0, 1);
                var (request, attempts) = await weir.RecordOfAsync(answer);
                Assert.Single(attempts, e => e.Settlement!.Outcome == AttemptOutcome.Ok);
                Assert.All(attempts, e => Assert.True(e.Settlement!.Outcome is AttemptOutcome.Ok or AttemptOutcome.Superseded));
                Assert.Equal(request.Attempts, attempts.Count);
                hedged += attempts.Count - 1;
            }
        }
        // Ten saved up, and one for every five calls.
        Assert.InRange(hedged, 1, 40);
        await Eventually.TrueAsync(() => weir.Host.Metrics is { RequestsInFlight: 0, StreamsOpen: 0 }, "no call in flight");
    }

    [Fact]
    public async Task When_both_of_a_hedge_fail_the_call_fails_with_both_settled()
    {
        await using var weir = await StartAsync("attempts: {hedgeAfter: 10ms}", Rule("a", "\"ttft\":\"300ms\",\"status\":500") + "," + Rule("b", "\"status\":503"));

        var answer = await weir.ChatAsync("m", "hello");

        Assert.True(answer.Status is 500 or 503, answer.ToString());
        var (_, attempts) = await weir.RecordOfAsync(answer);
        Assert.Equal([AttemptOutcome.Failed, AttemptOutcome.Failed], Outcomes(attempts));
    }

    [Fact]
    public async Task A_stream_that_shows_no_content_in_time_is_left_for_the_next_target_and_the_last_one_is_waited_for()
    {
        await using var weir = await StartAsync("attempts: {firstContentWithin: 200ms}", Rule("a", "\"stall\":1") + "," + Rule("b", "\"ttft\":\"600ms\""));

        var answer = await weir.ChatAsync("m", "hello", stream: true);

        Assert.True(answer is { Status: 200, HasEndMarker: true, HasError: false }, answer.ToString());
        var (_, attempts) = await weir.RecordOfAsync(answer);
        Assert.Equal([AttemptOutcome.TimedOut, AttemptOutcome.Ok], Outcomes(attempts));
    }

    [Fact]
    public async Task A_repeat_waits_as_long_as_the_provider_asks_and_not_for_one_that_asks_for_long()
    {
        await using var weir = await StartAsync("attempts: {retries: 1}",
            Rule("a", "\"status\":503,\"retry-after\":\"30ms\"", ",\"nth\":1") + "," + Rule("a", "\"status\":503,\"retry-after\":\"60\"", ",\"nth\":2"));

        var repeated = await weir.RecordOfAsync(await weir.ChatAsync("only", "hello"));
        var given = await weir.RecordOfAsync(await weir.ChatAsync("only", "hello"));

        Assert.Equal([AttemptOutcome.Failed, AttemptOutcome.Ok], Outcomes(repeated.Attempts));
        Assert.True(repeated.Attempts[1].StartedAt - repeated.Attempts[0].StartedAt >= TimeSpan.FromMilliseconds(30));
        Assert.Equal(503, given.Request.Status);
        Assert.Single(given.Attempts);
    }

    [Fact]
    public async Task A_repeat_after_a_limit_carries_the_credential_again()
    {
        await using var weir = await StartAsync("attempts: {retries: 1}", Rule("a", "\"status\":429,\"rate-limit\":\"none\"", ",\"nth\":1"));

        var repeated = await weir.RecordOfAsync(await weir.ChatAsync("only", "hello"));

        // Without one the simulator says 401.
        Assert.Equal([429, 200], repeated.Attempts.Select(a => a.Settlement!.Status));
    }

    [Fact]
    public async Task Repeats_stay_few_while_everything_fails()
    {
        await using var weir = await StartAsync("attempts: {retries: 5}", Rule("a", "\"status\":503,\"rate-limit\":\"none\""));
        for (var i = 0; i < 20; i++)
            Assert.Equal(503, (await weir.ChatAsync("only", "hello")).Status);

        var arrived = weir.Simulator.State.Calls().Count(c => c.Model == "a");
        Assert.InRange(arrived, 21, 20 + 10 + (20 / 5));
    }

    [Fact]
    public async Task The_deadline_ends_the_call_whatever_is_left_to_try()
    {
        await using var weir = await StartAsync("attempts: {deadline: 300ms}", Rule("a", "\"silent\":1") + "," + Rule("b", "\"silent\":1"));

        var answer = await weir.ChatAsync("m", "hello");

        Assert.Equal(504, answer.Status);
        var (_, attempts) = await weir.RecordOfAsync(answer);
        Assert.Equal([AttemptOutcome.TimedOut], Outcomes(attempts));
    }

    [Fact]
    public async Task No_more_attempts_are_made_than_allowed()
    {
        await using var weir = await StartAsync("attempts: {max: 1}", Rule("a", "\"status\":500"));

        Assert.Equal(500, (await weir.ChatAsync("m", "hello")).Status);
    }

    [Fact]
    public async Task A_prompt_too_long_for_its_target_goes_to_another_model_and_never_to_the_same_one()
    {
        await using var small = ScriptedUpstream.Start(Http(400, TooLong));
        await using var weir = await StartAsync("contextFallback: big", a: small.BaseUrl.ToString());

        var other = await weir.RecordOfAsync(await weir.ChatAsync("m", "hello"));
        var fallback = await weir.RecordOfAsync(await weir.ChatAsync("only", "hello"));
        var same = await weir.RecordOfAsync(await weir.ChatAsync("same", "hello"));

        Assert.Equal(("pb/b", 200, 2), (other.Request.Target, other.Request.Status, other.Attempts.Count));
        Assert.Equal(("pb/big", 200, 2), (fallback.Request.Target, fallback.Request.Status, fallback.Attempts.Count));
        Assert.Equal(("pb/big", 200, 2), (same.Request.Target, same.Request.Status, same.Attempts.Count));
        Assert.All(weir.Host.Targets.All(DateTimeOffset.UtcNow), t => Assert.Equal(BreakerState.Closed, t.Breaker));
    }

    [Fact]
    public async Task A_refusal_for_its_content_goes_elsewhere_only_if_the_route_allows()
    {
        await using var strict = ScriptedUpstream.Start(Http(400, Refused));
        await using var allowed = await StartAsync("contentFallback: big", a: strict.BaseUrl.ToString());
        await using var forbidden = await StartAsync("attempts: {max: 3}", a: strict.BaseUrl.ToString());

        var elsewhere = await allowed.RecordOfAsync(await allowed.ChatAsync("m", "hello"));
        var kept = await forbidden.ChatAsync("m", "hello");

        // Past the plan's own second target: the route names who may.
        Assert.Equal(("pb/big", 200, 2), (elsewhere.Request.Target, elsewhere.Request.Status, elsewhere.Attempts.Count));
        Assert.Equal((400, "content_filter"), (kept.Status, kept.Error.GetProperty("code").GetString()));
        Assert.Single((await forbidden.RecordOfAsync(kept)).Attempts);
    }

    [Fact]
    public async Task With_panic_refuse_a_dead_model_answers_at_once_and_says_when_to_come_back()
    {
        await using var weir = await StartAsync("panic: refuse", Rule("a", "\"status\":500"), BreakerPolicy.Default);
        for (var i = 0; i < 5; i++)
            Assert.Equal(500, (await weir.ChatAsync("only", "hello")).Status);

        var refused = await weir.ChatAsync("only", "hello");

        Assert.Equal((503, "all_targets_resting"), (refused.Status, refused.Error.GetProperty("code").GetString()));
        Assert.InRange(int.Parse(refused.Headers["retry-after"], System.Globalization.CultureInfo.InvariantCulture), 1, 6);
        Assert.Empty((await weir.RecordOfAsync(refused)).Attempts);
    }

    [Fact]
    public async Task Wrong_requests_of_one_caller_never_shut_a_target_for_the_others()
    {
        await using var weir = await StartAsync("attempts: {max: 3}", breaker: BreakerPolicy.Default);
        for (var i = 0; i < 30; i++)
            Assert.Equal(400, (await weir.ChatAsync("m", "hello", extra: ",\"temperature\":99")).Status);

        var answer = await weir.ChatAsync("m", "hello");
        Assert.Equal(("1", "pa/a"), (answer.Headers["x-weir-attempts"], answer.Headers["x-weir-target"]));
    }

    [Fact]
    public async Task Targets_that_rest_are_asked_when_all_others_failed()
    {
        await using var weir = await StartAsync("attempts: {max: 3}",
            Rule("a", "\"status\":500", ",\"contains\":\"break a\"") + "," + Rule("b", "\"status\":500", ",\"contains\":\"break b\""), BreakerPolicy.Default);
        for (var i = 0; i < 5; i++)
            Assert.Equal(200, (await weir.ChatAsync("m", "break a")).Status);

        var answer = await weir.ChatAsync("m", "break b");

        Assert.Equal(200, answer.Status);
        Assert.Equal(["pb", "pa"], (await weir.RecordOfAsync(answer)).Attempts.Select(e => e.Provider));
    }
}
