using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Hosting;

public sealed class TlsTests : IDisposable
{
    private static readonly TimeSpan UntilLookedAgain = TimeSpan.FromSeconds(11);

    private readonly TestCertificates _certificates = new();
    private readonly JumpingTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1", "both")]
    [InlineData("2.0", "both")]
    [InlineData("2.0", "http2")]
    public async Task A_call_over_https_with_the_whole_chain_shown(string version, string protocols)
    {
        await using var weir = await StartAsync("{sim}", protocols);
        var (client, seen) = Client(weir);
        using var http = client;
        http.DefaultRequestVersion = Version.Parse(version);
        // What is asked for is what TLS offers; the other version would be a failure.
        http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;

        using var response = await weir.SendAsync(ChatPath, Encoding.UTF8.GetBytes(Body(ChatPath, "chat", "hello", stream: true)), http);
        var answer = await Answer.ReadAsync(response, Cancellation);

        Assert.Equal("https", weir.Data.Scheme);
        Assert.True(answer is { Status: 200, HasEndMarker: true, HasError: false }, answer.ToString());
        Assert.Equal(Version.Parse(version), response.Version);
        Assert.Equal(["CN=first"], seen);
    }

    [Fact]
    public async Task Both_versions_are_offered_and_the_newer_one_is_taken()
    {
        await using var weir = await StartAsync("{sim}", "both");
        using var http = Client(weir).Http;
        http.DefaultRequestVersion = HttpVersion.Version20;
        http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;

        using var response = await http.GetAsync("/v1/models", Cancellation);

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
    }

    [Fact]
    public async Task Replaced_files_are_served_to_new_connections_and_an_open_stream_goes_on()
    {
        var go = new TaskCompletionSource();
        await using var upstream = ScriptedUpstream.Start(async peer =>
        {
            await peer.SendAsync("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\ndata: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"one\"},\"finish_reason\":null}]}\n\n");
            await go.Task;
            await peer.SendAsync("data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"two\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
            peer.Close();
        });
        await using var weir = await StartAsync(upstream.BaseUrl.ToString(), "both");
        var (before, seenBefore) = Client(weir);
        using var first = before;
        using var response = await weir.SendAsync(ChatPath, Encoding.UTF8.GetBytes(Body(ChatPath, "chat", "hello", stream: true)), first);

        _certificates.Issue("second");
        Assert.Equal("CN=first", await SubjectOfNewConnectionAsync(weir)); // not looked at more than once in ten seconds
        _time.Jump(UntilLookedAgain);

        Assert.Equal("CN=second", await SubjectOfNewConnectionAsync(weir));
        go.SetResult();
        var answer = await Answer.ReadAsync(response, Cancellation);
        Assert.True(answer is { Clean: true, HasEndMarker: true, HasError: false }, answer.ToString());
        Assert.Contains("two", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["CN=first"], seenBefore);
    }

    [Fact]
    public async Task A_file_reached_through_a_link_that_is_moved_is_seen()
    {
        // How Kubernetes mounts a secret: tls.crt → ..data/tls.crt, and ..data is moved to a new folder.
        var folder = Path.GetDirectoryName(_certificates.CertificatePath)!;
        foreach (var generation in new[] { "one", "two" })
        {
            var (certificate, key) = _certificates.Make(generation);
            var real = Directory.CreateDirectory(Path.Combine(folder, generation)).FullName;
            await File.WriteAllTextAsync(Path.Combine(real, "tls.crt"), certificate, Cancellation);
            await File.WriteAllTextAsync(Path.Combine(real, "tls.key"), key, Cancellation);
        }
        Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "one");
        File.CreateSymbolicLink(_certificates.CertificatePath, Path.Combine("..data", "tls.crt"));
        File.CreateSymbolicLink(_certificates.KeyPath, Path.Combine("..data", "tls.key"));
        await using var weir = await StartAsync("{sim}", "both", issue: false);
        Assert.Equal("CN=one", await SubjectOfNewConnectionAsync(weir));

        Directory.Delete(Path.Combine(folder, "..data"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "two");
        _time.Jump(UntilLookedAgain);

        Assert.Equal("CN=two", await SubjectOfNewConnectionAsync(weir));
    }

    public static TheoryData<string> Breakages => ["not a certificate", "a stranger's key", "no file"];

    [Theory]
    [MemberData(nameof(Breakages))]
    public async Task A_broken_replacement_keeps_the_last_good_and_is_reported_until_mended(string how)
    {
        await using var weir = await StartAsync("{sim}", "both");
        Assert.Equal(("ready", null), await ReadinessAsync(weir));

        switch (how)
        {
            case "not a certificate":
                await File.WriteAllTextAsync(_certificates.CertificatePath, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", Cancellation);
                break;
            case "a stranger's key":
                await File.WriteAllTextAsync(_certificates.KeyPath, _certificates.Make("stranger").Key, Cancellation);
                break;
            default:
                File.Delete(_certificates.KeyPath);
                break;
        }
        _time.Jump(UntilLookedAgain);
        Assert.Equal("CN=first", await SubjectOfNewConnectionAsync(weir));
        var (status, problem) = await ReadinessAsync(weir);
        Assert.Equal("degraded", status);
        Assert.NotEmpty(problem!);
        Assert.DoesNotContain("PRIVATE KEY", problem, StringComparison.Ordinal);

        _certificates.Issue("mended");
        _time.Jump(UntilLookedAgain);
        Assert.Equal("CN=mended", await SubjectOfNewConnectionAsync(weir));
        // The missing file refused the configuration as well; that mends by itself at its own pace.
        await Eventually.GetAsync(() => ReadinessAsync(weir), r => r == ("ready", null), "readiness");
    }

    [Fact]
    public async Task A_certificate_that_is_broken_at_the_start_stops_the_start_and_says_why()
    {
        _certificates.Issue("first");
        await File.WriteAllTextAsync(_certificates.KeyPath, _certificates.Make("stranger").Key, Cancellation);

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync("{sim}", "both", issue: false));

        Assert.Contains(_certificates.CertificatePath, e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _certificates.Dispose();

    private Task<WeirFixture> StartAsync(string upstream, string protocols, bool issue = true)
    {
        if (issue)
            _certificates.Issue("first");
        return WeirFixture.StartAsync($$"""
            server:
              drainTimeout: 0s
              protocols: {{protocols}}
              tls:
                certificate: {fromFile: "{{_certificates.CertificatePath}}"}
                key: {fromFile: "{{_certificates.KeyPath}}"}
            providers: [{name: c, kind: simulated, baseUrl: "{{upstream}}", dialects: {openai-chat: } }]
            models: [{name: chat, targets: [{provider: c}]}]
            """, time: _time);
    }

    private (HttpClient Http, List<string> Seen) Client(WeirFixture weir)
    {
        var seen = new List<string>();
        return (weir.NewClient(weir.Key.Secret, _certificates.Handler(seen.Add)), seen);
    }

    private async Task<string> SubjectOfNewConnectionAsync(WeirFixture weir)
    {
        var (client, seen) = Client(weir);
        using var http = client;
        using var response = await http.GetAsync("/healthz", Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Assert.Single(seen);
    }

    private static async Task<(string Status, string? Problem)> ReadinessAsync(WeirFixture weir)
    {
        using var admin = new HttpClient { BaseAddress = weir.Admin };
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", weir.AdminToken);
        using var response = await admin.GetAsync("/readyz", Cancellation);
        var ready = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement;
        return (ready.GetProperty("status").GetString()!, ready.TryGetProperty("certificateProblem", out var problem) ? problem.GetString() : null);
    }
}
