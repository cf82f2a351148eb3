using System.Security.Authentication;
using Weir.Core.Metering;
using Weir.Core.Providers;
using Weir.Testing.Upstreams;
using Weir.Tests.Hosting;
using Weir.Tests.Support;

namespace Weir.Tests.Upstream;

/// <summary>The TLS policy of a provider against real TLS servers.</summary>
public sealed class UpstreamTlsTests : IDisposable
{
    private readonly SecureWorld _world = new();

    [Theory]
    [InlineData(SslProtocols.Tls12, "1.2")]
    [InlineData(SslProtocols.Tls13, "1.2")]
    [InlineData(SslProtocols.Tls13, "1.3")]
    [InlineData(SslProtocols.Tls12 | SslProtocols.Tls13, "1.3")]
    public async Task A_private_authority_is_trusted_where_it_is_named(SslProtocols spoken, string minVersion)
    {
        await using var upstream = await StartAsync(spoken);
        await using var weir = await _world.StartAsync(upstream.BaseUrl, $"{_world.CaBundle}, minVersion: \"{minVersion}\"");

        await AssertServedAsync(weir);
    }

    [Fact]
    public async Task An_unknown_authority_is_refused_and_the_log_names_the_setting()
    {
        await using var upstream = await StartAsync();
        await using var weir = await _world.StartAsync(upstream.BaseUrl, "");

        Assert.All(await SecureWorld.ReasonsOfFailureAsync(weir, "upstream_tls_failed"), r => Assert.Contains("tls.caBundle of the provider 'far'", r, StringComparison.Ordinal));
        Assert.Empty(upstream.Calls);
    }

    [Fact]
    public async Task A_strangers_authority_is_refused_though_another_is_named()
    {
        using var stranger = new TestCertificates();
        var (pem, key) = stranger.Make("stranger");
        await using var upstream = await SecureUpstream.StartAsync(pem, key);
        await using var weir = await _world.StartAsync(upstream.BaseUrl, _world.CaBundle);

        await SecureWorld.ReasonsOfFailureAsync(weir, "upstream_tls_failed");
        Assert.Empty(upstream.Calls);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused()
    {
        await using var upstream = await StartAsync();
        await using var weir = await _world.StartAsync(new UriBuilder(upstream.BaseUrl) { Host = "localhost" }.Uri, _world.CaBundle);

        Assert.All(await SecureWorld.ReasonsOfFailureAsync(weir, "upstream_tls_failed"), r => Assert.Contains("another name than localhost", r, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_client_certificate_is_shown_to_who_asks_for_one(SslProtocols spoken)
    {
        var (pem, key) = _world.Certificates.Make("gateway");
        await using var upstream = await StartAsync(spoken, shown => shown.Subject == "CN=gateway");
        await using var weir = await _world.StartAsync(upstream.BaseUrl,
            $"{_world.CaBundle}, certificate: {_world.FileWith("client.pem", pem)}, key: {_world.FileWith("client.key", key)}");

        await AssertServedAsync(weir);
        Assert.All(upstream.Calls, c => Assert.Equal("CN=gateway", c));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, false)]
    [InlineData(SslProtocols.Tls12, true)]
    [InlineData(SslProtocols.Tls13, false)]
    [InlineData(SslProtocols.Tls13, true)]
    public async Task Without_the_right_client_certificate_nothing_is_served(SslProtocols spoken, bool showsAnother)
    {
        var (pem, key) = _world.Certificates.Make("another");
        await using var upstream = await StartAsync(spoken, shown => shown.Subject == "CN=gateway");
        var own = showsAnother ? $", certificate: {_world.FileWith("client.pem", pem)}, key: {_world.FileWith("client.key", key)}" : "";
        await using var weir = await _world.StartAsync(upstream.BaseUrl, _world.CaBundle + own);

        // .NET's servers hang up after the handshake and say no word: a cut, which looks the same as any other.
        Assert.All(await SecureWorld.ReasonsOfFailureAsync(weir, "upstream_cut", AttemptOutcome.Cut), r => Assert.Contains("tls.certificate", r, StringComparison.Ordinal));
        Assert.Empty(upstream.Calls);
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task A_server_that_says_it_wants_a_client_certificate_charges_nothing(string version)
    {
        var (pem, key) = _world.Certificates.Make("server");
        await using var upstream = await OpenSslServer.StartAsync(pem, key, _world.Certificates.RootPem, version);
        await using var weir = await _world.StartAsync(upstream.BaseUrl, _world.CaBundle);

        Assert.All(await SecureWorld.ReasonsOfFailureAsync(weir, "upstream_tls_failed"), r => Assert.Contains("set tls.certificate and tls.key of the provider 'far'", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_speaks_only_an_older_version_is_refused()
    {
        await using var upstream = await StartAsync(SslProtocols.Tls12);
        await using var weir = await _world.StartAsync(upstream.BaseUrl, $"{_world.CaBundle}, minVersion: \"1.3\"");

        Assert.All(await SecureWorld.ReasonsOfFailureAsync(weir, "upstream_tls_failed"), r => Assert.Contains("tls.minVersion of the provider 'far' (1.3)", r, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pinned_key_anywhere_in_the_chain_is_enough(bool isLeaf)
    {
        var (pem, key) = _world.Certificates.Make("server");
        using var leaf = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(pem);
        await using var upstream = await SecureUpstream.StartAsync(pem, key);
        var good = CertificatePins.Of(isLeaf ? leaf : _world.Certificates.Intermediate);
        await using var weir = await _world.StartAsync(upstream.BaseUrl, $"{_world.CaBundle}, pins: [{OtherPin()}, \"{good}\"]");

        await AssertServedAsync(weir);
    }

    [Fact]
    public async Task A_wrong_pin_refuses_a_certificate_that_is_otherwise_good_and_the_log_shows_the_keys()
    {
        var (pem, key) = _world.Certificates.Make("server");
        using var leaf = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(pem);
        await using var upstream = await SecureUpstream.StartAsync(pem, key);
        await using var weir = await _world.StartAsync(upstream.BaseUrl, $"{_world.CaBundle}, pins: [{OtherPin()}]");

        Assert.All(await SecureWorld.ReasonsOfFailureAsync(weir, "upstream_tls_failed"), r =>
        {
            Assert.Contains("tls.pins of the provider 'far'", r, StringComparison.Ordinal);
            Assert.Contains(CertificatePins.Of(leaf), r, StringComparison.Ordinal);
        });
        Assert.Empty(upstream.Calls);
    }

    [Fact]
    public async Task A_right_pin_is_no_substitute_for_a_trusted_authority()
    {
        var (pem, key) = _world.Certificates.Make("server");
        using var leaf = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(pem);
        await using var upstream = await SecureUpstream.StartAsync(pem, key);
        await using var weir = await _world.StartAsync(upstream.BaseUrl, $"pins: [\"{CertificatePins.Of(leaf)}\"]");

        Assert.All(await SecureWorld.ReasonsOfFailureAsync(weir, "upstream_tls_failed"), r => Assert.Contains("tls.caBundle", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_target_takes_the_call()
    {
        await using var upstream = await StartAsync();
        await using var weir = await _world.StartAsync(upstream.BaseUrl, $"{_world.CaBundle}, pins: [{OtherPin()}]", standby: true);

        var answer = await weir.ChatAsync("m", "hello", stream: true);

        Assert.True(answer is { Status: 200, HasEndMarker: true, HasError: false }, answer.ToString());
        Assert.Equal("2", answer.Headers["x-weir-attempts"]);
    }

    public void Dispose() => _world.Dispose();

    private static string OtherPin() => "sha256/" + Convert.ToBase64String(new byte[32]);

    private Task<SecureUpstream> StartAsync(SslProtocols spoken = SslProtocols.Tls12 | SslProtocols.Tls13,
        Predicate<System.Security.Cryptography.X509Certificates.X509Certificate2>? accepts = null)
    {
        var (pem, key) = _world.Certificates.Make("server");
        return SecureUpstream.StartAsync(pem, key, spoken, accepts);
    }

    private static async Task AssertServedAsync(WeirFixture weir)
    {
        var whole = await weir.ChatAsync("m", "hello");
        Assert.True(whole.Status == 200 && whole.Text.Contains("safe and sound", StringComparison.Ordinal), whole.ToString());
        var stream = await weir.MessagesAsync("m", "hello", stream: true);
        Assert.True(stream is { Status: 200, HasEndMarker: true, HasError: false }, stream.ToString());
    }
}
