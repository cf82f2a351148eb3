using System.Globalization;
using System.Text;
using System.Text.Json;
using Weir.Core.Metering;
using Weir.Simulator;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Upstream;

/// <summary>Clocks that differ, and tokens that end before their time, with a running gateway in between.</summary>
public sealed class CloudCredentialTests
{
    private const string ConverseAnswer = """{"output":{"message":{"role":"assistant","content":[{"text":"hi"}]}},"stopReason":"end_turn","usage":{"inputTokens":3,"outputTokens":1,"totalTokens":4},"metrics":{"latencyMs":1}}""";

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    [InlineData(60 * 24 * 400)]
    public async Task A_clock_far_from_the_services_is_learnt_once_and_every_later_call_is_right_at_once(int minutesAhead)
    {
        // The simulator verifies the signature and refuses what is more than five minutes off, as Bedrock does.
        var theirs = new JumpingTime();
        var ours = new JumpingTime();
        (minutesAhead > 0 ? ours : theirs).Jump(TimeSpan.FromMinutes(Math.Abs(minutesAhead)));
        await using var weir = await WeirFixture.StartAsync("""
            server: {drainTimeout: 0s}
            providers:
              - {name: aws, kind: bedrock, baseUrl: "{sim}", region: eu-central-1, allowPrivateNetwork: true, auth: {aws: {source: environment}}}
            models: [{name: m, targets: [{provider: aws, model: anthropic.claude}]}]
            """, new SimulatorOptions { TimeProvider = theirs }, ours, name => name switch
            {
                "AWS_ACCESS_KEY_ID" => "AKIASIMULATOR0000001",
                "AWS_SECRET_ACCESS_KEY" => "simulated-secret-access-key-0123456789",
                _ => null,
            });

        var first = await weir.ChatAsync("m", "hello");
        var second = await weir.MessagesAsync("m", "hello", stream: true);

        Assert.True(first.Status == 200, first.ToString());
        Assert.True(second is { Status: 200, HasEndMarker: true, HasError: false }, second.ToString());
        var (_, attempts) = await weir.RecordOfAsync(first);
        Assert.Equal([AttemptOutcome.Rejected, AttemptOutcome.Ok], attempts.Select(a => a.Settlement!.Outcome));
        Assert.Equal(UsageSource.None, attempts[0].Settlement!.UsageSource);
        Assert.Single((await weir.RecordOfAsync(second)).Attempts);
    }

    [Fact]
    public async Task A_service_whose_clock_never_stands_still_is_asked_twice_and_no_more()
    {
        var hours = 0;
        await using var upstream = ScriptedUpstream.Start(Refusal("InvalidSignatureException", () => TimeProvider.System.GetUtcNow().AddHours(++hours)));
        await using var weir = await StartAsync(upstream, KeyOf);

        foreach (var path in new[] { ChatPath, MessagesPath })
        {
            var before = upstream.Peers.Count;
            var answer = await weir.CallAsync(path, "m", "hello");

            Assert.True(answer is { Status: 403, HasError: true }, answer.ToString());
            Assert.Equal(before + 2, upstream.Peers.Count);
            // The canonical request in the refusal holds the session token: never the client's to see.
            Assert.DoesNotContain("x-amz-security-token", answer.Text, StringComparison.OrdinalIgnoreCase);
            var (request, attempts) = await weir.RecordOfAsync(answer);
            Assert.Equal(403, request.Status);
            Assert.All(attempts, a => Assert.Equal(AttemptOutcome.Rejected, a.Settlement!.Outcome));
        }
    }

    [Fact]
    public async Task A_refusal_that_has_nothing_to_do_with_the_clock_is_not_repeated()
    {
        await using var upstream = ScriptedUpstream.Start(Refusal("AccessDeniedException", () => TimeProvider.System.GetUtcNow()));
        await using var weir = await StartAsync(upstream, KeyOf);

        Assert.Equal(403, (await weir.ChatAsync("m", "hello")).Status);
        Assert.Single(upstream.Peers);
    }

    [Fact]
    public async Task An_expired_token_is_fetched_anew_once_and_the_call_succeeds()
    {
        var fetched = 0;
        var time = new JumpingTime();
        await using var keys = ScriptedUpstream.Start(Keys(() => ++fetched));
        await using var upstream = ScriptedUpstream.Start(peer => peer.Request.Contains("x-amz-security-token: token-1", StringComparison.OrdinalIgnoreCase)
            ? Refusal("ExpiredTokenException", time.GetUtcNow)(peer) : AnswerAsync(peer, "200 OK", ConverseAnswer));
        await using var weir = await StartAsync(upstream, Container(keys), time, """{aws: {source: container}}""");
        // A key fetched only just now would not be any better anew.
        Assert.Equal(403, (await weir.ChatAsync("m", "hello")).Status);
        Assert.Equal(1, fetched);
        time.Jump(TimeSpan.FromMinutes(2));

        var answer = await weir.ChatAsync("m", "hello");

        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(2, fetched);
        Assert.Equal([AttemptOutcome.Rejected, AttemptOutcome.Ok], (await weir.RecordOfAsync(answer)).Attempts.Select(a => a.Settlement!.Outcome));
    }

    [Fact]
    public async Task A_token_that_stays_refused_is_a_typed_error_after_one_refresh_and_another_credential_takes_over()
    {
        var fetched = 0;
        var time = new JumpingTime();
        await using var keys = ScriptedUpstream.Start(Keys(() => ++fetched));
        await using var upstream = ScriptedUpstream.Start(peer => peer.Request.Contains("x-amz-security-token: token-", StringComparison.OrdinalIgnoreCase)
            ? Refusal("ExpiredTokenException", time.GetUtcNow)(peer) : AnswerAsync(peer, "200 OK", ConverseAnswer));
        const string both = "[{name: pod, weight: 100, auth: {aws: {source: container}}}, {name: spare, auth: {aws: {source: environment}}}]";
        await using var weir = await StartAsync(upstream, name => Container(keys)(name) ?? KeyOf(name), time, both, key: "credentials");
        Assert.Equal(200, (await weir.ChatAsync("m", "hello")).Status); // fetched just now: no refresh, the spare one answers
        time.Jump(TimeSpan.FromMinutes(6)); // its pause is over

        var refreshed = await weir.ChatAsync("m", "hello");
        var later = await weir.ChatAsync("m", "hello");

        Assert.True(refreshed.Status == 200, refreshed.ToString());
        Assert.Equal(2, fetched);
        Assert.Equal(["pod", "pod", "spare"], await CredentialsOfAsync(weir, refreshed));
        // Marked: it pauses, and the next call does not even try it.
        Assert.Equal(["spare"], await CredentialsOfAsync(weir, later));
    }

    [Fact]
    public async Task A_bearer_token_that_was_withdrawn_is_fetched_anew_once()
    {
        var fetched = 0;
        await using var identity = ScriptedUpstream.Start(peer => AnswerAsync(peer, "200 OK",
            $$"""{"access_token":"entra-token-number-{{++fetched}}","expires_in":3600,"token_type":"Bearer"}"""));
        await using var upstream = ScriptedUpstream.Start(peer => peer.Request.Contains("Bearer entra-token-number-1\r\n", StringComparison.OrdinalIgnoreCase) || peer.Request.Contains("lost", StringComparison.Ordinal)
            ? AnswerAsync(peer, "401 Unauthorized", """{"error":{"message":"Your token entra-token-number-1 has expired","code":"401"}}""")
            : AnswerAsync(peer, "200 OK", """{"id":"c","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"""));
        var time = new JumpingTime();
        await using var weir = await WeirFixture.StartAsync($$"""
            server: {drainTimeout: 0s}
            providers:
              - {name: azure, kind: azure-openai-v1, baseUrl: "{{upstream.BaseUrl}}", allowPrivateNetwork: true, auth: {azure: {source: managedIdentity} } }
            models: [{name: m, targets: [{provider: azure}]}]
            """, time: time, environment: name => name switch
        {
            "IDENTITY_ENDPOINT" => identity.BaseUrl.ToString(),
            "IDENTITY_HEADER" => "secret-header",
            _ => null,
        });
        var refused = await weir.MessagesAsync("m", "hello");
        Assert.Equal((502, 1), (refused.Status, fetched));
        Assert.DoesNotContain("entra-token", refused.Text, StringComparison.Ordinal);
        time.Jump(TimeSpan.FromMinutes(2));

        var renewed = await weir.MessagesAsync("m", "hello");
        Assert.True(renewed.Status == 200, renewed.ToString());
        Assert.Equal(2, fetched);
        time.Jump(TimeSpan.FromMinutes(2));

        var before = upstream.Peers.Count;
        var lost = await weir.MessagesAsync("m", "lost");
        Assert.True(lost is { Status: 502, HasError: true }, lost.ToString());
        Assert.Equal((before + 2, 3), (upstream.Peers.Count, fetched));
        Assert.Equal("upstream_credential_refused", (await weir.RecordOfAsync(lost)).Request.Outcome);
    }

    private static Task<WeirFixture> StartAsync(ScriptedUpstream upstream, Func<string, string?> environment, TimeProvider? time = null,
        string auth = "{aws: {source: environment}}", string key = "auth") => WeirFixture.StartAsync($$"""
        server: {drainTimeout: 0s}
        providers:
          - {name: aws, kind: bedrock, baseUrl: "{{upstream.BaseUrl}}", region: eu-central-1, allowPrivateNetwork: true, {{key}}: {{auth}} }
        models: [{name: m, targets: [{provider: aws, model: anthropic.claude}]}]
        """, time: time, environment: environment);

    private static string? KeyOf(string name) => name switch
    {
        "AWS_ACCESS_KEY_ID" => "AKIAEXAMPLE",
        "AWS_SECRET_ACCESS_KEY" => "a secret access key of some length",
        _ => null,
    };

    private static Func<string, string?> Container(ScriptedUpstream keys) => name => name == "AWS_CONTAINER_CREDENTIALS_FULL_URI" ? keys.BaseUrl.ToString() : null;

    private static Func<UpstreamPeer, Task> Keys(Func<int> number) => peer => AnswerAsync(peer, "200 OK",
        $$"""{"AccessKeyId":"ASIA","SecretAccessKey":"a temporary secret","Token":"token-{{number()}}","Expiration":"2099-01-01T00:00:00Z"}""");

    private static Func<UpstreamPeer, Task> Refusal(string type, Func<DateTimeOffset> clock) => peer => AnswerAsync(peer, "403 Forbidden",
        """{"message":"The Canonical String for this request should have been 'POST ... x-amz-security-token:abc AWS4-HMAC-SHA256'"}""",
        $"x-amzn-errortype: {type}\r\ndate: {clock().ToString("r", CultureInfo.InvariantCulture)}\r\n");

    private static async Task AnswerAsync(UpstreamPeer peer, string status, string body, string headers = "")
    {
        await peer.SendAsync($"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {Encoding.UTF8.GetByteCount(body)}\r\nconnection: close\r\n{headers}\r\n{body}");
        peer.Close();
    }

    private static async Task<IEnumerable<string?>> CredentialsOfAsync(WeirFixture weir, Answer answer)
    {
        var (request, _) = await weir.RecordOfAsync(answer);
        return JsonDocument.Parse(request.Decision).RootElement.GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("credential").GetString()).ToList();
    }
}
