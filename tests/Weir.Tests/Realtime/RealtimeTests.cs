using System.Net.WebSockets;
using System.Text;
using Weir.Core.Identity;
using Weir.Core.Metering;
using Weir.Simulator;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Realtime;

/// <summary>Two-way sessions through a whole gateway.</summary>
public sealed class RealtimeTests
{
    private const string Path = "/v1/realtime?model=talk";
    private const string Live = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";

    private const string Configuration = """
        server: {drainTimeout: 20s, limits: {maxMessage: 256KiB}}
        providers:
          - {name: sim, kind: simulated, baseUrl: "{sim}", timeouts: {idle: 3s}, dialects: {openai-realtime: , gemini-live: {baseUrl: "{sim}/ws"}}}
          - {name: nowhere, kind: simulated, baseUrl: "http://127.0.0.1:1/v1", dialects: {openai-realtime: }}
        models:
          - {name: talk, targets: [{provider: sim, model: gpt-realtime}]}
          - {name: second, targets: [{provider: nowhere, model: gpt-realtime}, {provider: sim, model: refuse-503}, {provider: sim, model: gpt-realtime}]}
          - {name: refused, targets: [{provider: sim, model: refuse-403}]}
          - {name: live, targets: [{provider: sim, model: gemini-live-2.5}]}
        prices:
          - {name: p, provider: sim, model: gpt-realtime, input: 4, output: 16, inputAudio: 32, outputAudio: 64}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_is_charged_and_the_session_settled()
    {
        await using var weir = await StartAsync();
        using (var client = await RealtimeClient.ConnectAsync(weir.Data, Path, weir.Key.Secret, "realtime"))
        {
            Assert.Equal("realtime", client.Protocol);
            Assert.Equal("gpt-realtime", (await client.UntilAsync("session.created")).GetProperty("session").GetProperty("model").GetString());
            for (var i = 1; i <= 2; i++)
            {
                await client.SendAsync("""{"type":"response.create"}""");
                Assert.Equal("resp_" + i, (await client.UntilAsync("response.done")).GetProperty("response").GetProperty("id").GetString());
            }
            await client.CloseAsync(1000, "bye");
            Assert.Equal(1000, client.Closed.Code);
        }

        var (request, attempts) = await weir.NewestRecordAsync();
        Assert.Equal(("realtime", "ok", 101), (request.Operation, request.Outcome, request.Status));
        Assert.Equal(3, attempts.Count);
        var answers = attempts.Where(a => a.Attempt > 1).Select(a => a.Settlement!).ToList();
        Assert.All(answers, a => Assert.Equal((10, 20, 5, 25), (a.Usage.InputUncached, a.Usage.InputAudio, a.Usage.OutputVisible, a.Usage.OutputAudio)));
        Assert.All(answers, a => Assert.Equal(10 * 4 + 20 * 32 + 5 * 16 + 25 * 64, a.Cost.Picos / 1_000_000));
        Assert.Equal(2 * answers[0].Cost.Picos, request.Cost.Picos);
        Assert.Equal((0, AttemptOutcome.Ok), (attempts.Single(a => a.Attempt == 1).Settlement!.Cost.Picos, attempts.Single(a => a.Attempt == 1).Settlement!.Outcome));
        await Eventually.TrueAsync(() => weir.Host.Metrics.RequestsInFlight == 0, "no session in flight");
    }

    [Fact]
    public async Task Messages_pass_as_they_are()
    {
        await using var weir = await StartAsync();
        using var client = await RealtimeClient.ConnectAsync(weir.Data, Path, weir.Key.Secret);
        await client.UntilAsync("session.created");
        foreach (var size in new[] { 1, 125, 126, 16 * 1024, 16 * 1024 + 1, 200_000 })
        {
            var text = Encoding.UTF8.GetBytes($$"""{"type":"x","text":"{{new string('é', size / 2)}}"}""");
            await client.SendAsync(text, WebSocketMessageType.Text);
            var back = await client.ReceiveAsync();
            Assert.Equal(text, back!.Value.Bytes);
            Assert.Equal(WebSocketMessageType.Text, back.Value.Type);
        }
    }

    [Theory]
    [InlineData("header")]
    [InlineData("protocol")]
    [InlineData("query")]
    public async Task A_key_may_come_in_three_places_and_never_goes_on(string place)
    {
        await using var weir = await StartAsync();
        var secret = weir.Key.Secret;
        using var client = await RealtimeClient.ConnectAsync(weir.Data, place == "query" ? $"{Path}&key={secret}&x=y" : Path + "&x=y", place == "header" ? secret : null,
            place == "protocol" ? ["realtime", "openai-insecure-api-key." + secret] : ["realtime"]);
        await client.UntilAsync("session.created");
        await client.CloseAsync(1000, "");

        var call = await Eventually.GetAsync(() => Task.FromResult(weir.Simulator.State.Calls() is [.., var last] ? last : null), c => c is not null, "the session's record");
        Assert.Equal("?model=gpt-realtime&x=y", call!.Request!.Query);
        Assert.DoesNotContain(call.Request.Headers, h => h.Value.Contains(secret, StringComparison.Ordinal));
        Assert.Equal("realtime", call.Request.Headers.Single(h => h.Key.Equals("sec-websocket-protocol", StringComparison.OrdinalIgnoreCase)).Value);
    }

    [Theory]
    [InlineData("/v1/realtime?model=talk", "wk-wrong-0123456789", 401)]
    [InlineData("/v1/realtime", null, 400)]
    [InlineData("/v1/realtime?model=a&model=b", null, 400)]
    [InlineData("/v1/realtime?model=nothing", null, 404)]
    [InlineData("/v1/realtime?model=refused", null, 403)]
    public async Task A_session_that_cannot_be_is_refused_before_it_begins(string path, string? secret, int status)
    {
        await using var weir = await StartAsync();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => RealtimeClient.ConnectAsync(weir.Data, path, secret ?? weir.Key.Secret));
        Assert.Equal(status, refused.Status);
    }

    [Fact]
    public async Task Without_an_upgrade_the_path_says_so()
    {
        await using var weir = await StartAsync();
        using var response = await weir.Http.GetAsync(Path, Cancellation);
        var answer = await Answer.ReadAsync(response, Cancellation);
        Assert.Equal((426, "upgrade_required"), (answer.Status, answer.Error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_target_that_cannot_be_reached_or_refuses_gives_way_to_the_next()
    {
        await using var weir = await StartAsync();
        using (var client = await RealtimeClient.ConnectAsync(weir.Data, "/v1/realtime?model=second", weir.Key.Secret))
        {
            await client.SendAsync("""{"type":"response.create"}""");
            await client.UntilAsync("response.done");
            await client.CloseAsync(1000, "");
        }
        var (_, attempts) = await weir.NewestRecordAsync();
        Assert.Equal([AttemptOutcome.Unreachable, AttemptOutcome.Failed, AttemptOutcome.Ok, AttemptOutcome.Ok], attempts.OrderBy(a => a.Attempt).Select(a => a.Settlement!.Outcome));
    }

    [Fact]
    public async Task Close_codes_are_relayed_both_ways()
    {
        await using var weir = await StartAsync();
        using (var client = await RealtimeClient.ConnectAsync(weir.Data, Path, weir.Key.Secret))
        {
            await client.SendAsync("""{"type":"sim.close","n":4001}""");
            Assert.Equal((4001, "as asked"), await client.UntilClosedAsync());
        }
        using (var client = await RealtimeClient.ConnectAsync(weir.Data, Path, weir.Key.Secret))
        {
            await client.CloseAsync(4002, "enough");
        }
        await Eventually.TrueAsync(() => weir.Simulator.State.Calls().Any(c => c.Model.EndsWith("closed 4002", StringComparison.Ordinal)), "the client's code at the upstream");
    }

    [Fact]
    public async Task A_message_above_the_limit_ends_the_session_either_way()
    {
        await using var weir = await StartAsync();
        using (var client = await RealtimeClient.ConnectAsync(weir.Data, Path, weir.Key.Secret))
        {
            await client.SendAsync("""{"type":"sim.large","n":300000}""");
            Assert.Equal((1009, "message_too_large"), await client.UntilClosedAsync());
        }
        using (var client = await RealtimeClient.ConnectAsync(weir.Data, Path, weir.Key.Secret))
        {
            await client.SendAsync(new byte[300_000], WebSocketMessageType.Binary);
            Assert.Equal((1009, "message_too_large"), await client.UntilClosedAsync());
        }
        await Eventually.TrueAsync(() => weir.Simulator.State.Finished == 2, "the upstream's sessions to end");
    }

    [Fact]
    public async Task An_upstream_that_breaks_off_is_told_in_the_session()
    {
        await using var weir = await StartAsync();
        using var client = await RealtimeClient.ConnectAsync(weir.Data, Path, weir.Key.Secret);
        await client.SendAsync("""{"type":"sim.abort"}""");
        Assert.Equal("upstream_cut", (await client.UntilAsync("error")).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal((1011, "upstream_cut"), await client.UntilClosedAsync());
        Assert.Equal(AttemptOutcome.Cut, Assert.Single((await weir.NewestRecordAsync()).Attempts).Settlement!.Outcome);
    }

    [Fact]
    public async Task A_client_that_vanishes_ends_the_upstream_session()
    {
        await using var weir = await StartAsync();
        using (var client = await RealtimeClient.ConnectAsync(weir.Data, Path, weir.Key.Secret))
        {
            await client.UntilAsync("session.created");
            client.Abort();
        }
        await Eventually.TrueAsync(() => weir.Simulator.State.Finished == 1, "the upstream's session to end");
        Assert.Equal("client_gone", (await weir.NewestRecordAsync()).Request.Outcome);
    }

    [Fact]
    public async Task A_revoked_key_ends_its_session()
    {
        await using var weir = await StartAsync();
        var key = await weir.Host.Keys.CreateAsync(new NewKey("short", "default", null, [], null), Cancellation);
        using var client = await RealtimeClient.ConnectAsync(weir.Data, Path, key.Secret);
        await client.UntilAsync("session.created");

        await weir.Host.Keys.RevokeAsync("short", Cancellation);
        Assert.Equal("revoked_api_key", (await client.UntilAsync("error")).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal((1008, "revoked_api_key"), await client.UntilClosedAsync());
    }

    [Fact]
    public async Task A_silent_session_ends()
    {
        await using var weir = await StartAsync();
        using var client = await RealtimeClient.ConnectAsync(weir.Data, Path, weir.Key.Secret);
        Assert.Equal((1008, "session_idle"), await client.UntilClosedAsync());
        Assert.Equal("session_idle", (await weir.NewestRecordAsync()).Request.Outcome);
    }

    [Fact]
    public async Task A_stopping_gateway_closes_sessions_that_are_at_rest()
    {
        var weir = await StartAsync();
        using var client = await RealtimeClient.ConnectAsync(weir.Data, Path, weir.Key.Secret);
        await client.UntilAsync("session.created");
        var stopping = weir.DisposeAsync();
        Assert.Equal((1001, "shutting_down"), await client.UntilClosedAsync());
        await stopping;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_live_session_names_its_model_in_its_first_message(bool binary)
    {
        await using var weir = await StartAsync();
        var type = binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        using (var client = await RealtimeClient.ConnectAsync(weir.Data, $"{Live}?key={weir.Key.Secret}", null))
        {
            await client.SendAsync("""{"setup": {"model": "models/live", "generationConfig": {"a": 1}}}"""u8.ToArray(), type);
            Assert.Equal("{\"setupComplete\":{}}", Encoding.UTF8.GetString((await client.ReceiveAsync())!.Value.Bytes));
            await client.SendAsync("""{"clientContent":{"turns":[],"turnComplete":true}}"""u8.ToArray(), type);
            Assert.NotNull(await client.ReceiveAsync());
            await client.CloseAsync(1000, "");
        }

        var (request, attempts) = await weir.NewestRecordAsync();
        Assert.Equal(("live", "ok"), (request.Model, request.Outcome));
        Assert.Equal((5, 7, 8), (request.Usage.InputUncached, request.Usage.InputAudio, request.Usage.OutputAudio));
        Assert.Equal(2, attempts.Count);
        Assert.Contains(weir.Simulator.State.Calls(), c => c.Model == "models/gemini-live-2.5");
    }

    [Theory]
    [InlineData("""{"setup":{}}""", "missing_field")]
    [InlineData("""{"setup":{"model":"models/live"},"setup":{"model":"models/x"}}""", "duplicate_key")]
    [InlineData("""{"setup":{"model":"models/nothing"}}""", "model_not_found")]
    [InlineData("nonsense", "invalid_json")]
    public async Task A_live_session_that_cannot_be_is_closed_with_a_reason(string first, string code)
    {
        await using var weir = await StartAsync();
        using var client = await RealtimeClient.ConnectAsync(weir.Data, Live, weir.Key.Secret);
        await client.SendAsync(first);
        Assert.Equal((1008, code), await client.UntilClosedAsync());
    }

    private static Task<WeirFixture> StartAsync() => WeirFixture.StartAsync(Configuration, new SimulatorOptions { CaptureRequests = true });
}
