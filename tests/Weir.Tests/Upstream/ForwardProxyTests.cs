using Weir.Core.Metering;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;

namespace Weir.Tests.Upstream;

/// <summary>A forward proxy between the gateway and a provider behind TLS.</summary>
public sealed class ForwardProxyTests : IAsyncLifetime
{
    private readonly SecureWorld _world = new();
    private SecureUpstream _upstream = null!;

    public async ValueTask InitializeAsync()
    {
        var (pem, key) = _world.Certificates.Make("server");
        _upstream = await SecureUpstream.StartAsync(pem, key);
    }

    public async ValueTask DisposeAsync()
    {
        await _upstream.DisposeAsync();
        _world.Dispose();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("weir:s3cret:with-colon")]
    public async Task Calls_go_through_the_tunnel(string? login)
    {
        await using var proxy = ConnectProxy.Start(new ConnectBehaviour { Login = login });
        await using var weir = await StartAsync(proxy, login);

        var whole = await weir.ChatAsync("m", "hello");
        var stream = await weir.MessagesAsync("m", "hello", stream: true);

        Assert.True(whole.Status == 200 && whole.Text.Contains("safe and sound", StringComparison.Ordinal), whole.ToString());
        Assert.True(stream is { Status: 200, HasEndMarker: true, HasError: false }, stream.ToString());
        Assert.Contains($"{_upstream.BaseUrl.Authority} 200", proxy.Asked);
        Assert.Equal(2, _upstream.Calls.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("weir:wrong-password")]
    public async Task A_proxy_that_wants_another_login_is_a_typed_error(string? login)
    {
        await using var proxy = ConnectProxy.Start(new ConnectBehaviour { Login = "weir:right-password" });
        await using var weir = await StartAsync(proxy, login);

        Assert.All(await SecureWorld.ReasonsOfFailureAsync(weir, "upstream_proxy_failed"), r =>
        {
            Assert.Contains("Set proxy.credential of the provider 'far'", r, StringComparison.Ordinal);
            Assert.DoesNotContain("password", r, StringComparison.Ordinal);
        });
        Assert.Empty(_upstream.Calls);
        Assert.All(proxy.Asked, a => Assert.EndsWith(" 407", a, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_proxy_that_refuses_the_provider_is_a_typed_error()
    {
        await using var proxy = ConnectProxy.Start(new ConnectBehaviour { Refuses = true });
        await using var weir = await StartAsync(proxy, null);

        Assert.All(await SecureWorld.ReasonsOfFailureAsync(weir, "upstream_proxy_failed"),
            r => Assert.Contains($"Ask whoever runs {proxy.Url.Authority} to allow {_upstream.BaseUrl.Authority}", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_proxy_that_is_down_is_a_typed_error()
    {
        var proxy = ConnectProxy.Start();
        await using var weir = await StartAsync(proxy, null);
        await proxy.DisposeAsync();

        Assert.All(await SecureWorld.ReasonsOfFailureAsync(weir, "upstream_proxy_failed"),
            r => Assert.Contains("proxy.url of the provider 'far'", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tunnel_that_dies_in_the_handshake_reached_nobody()
    {
        await using var proxy = ConnectProxy.Start(new ConnectBehaviour { DiesAfter = 100 });
        await using var weir = await StartAsync(proxy, null);

        await SecureWorld.ReasonsOfFailureAsync(weir, "upstream_tls_failed");
        Assert.Empty(_upstream.Calls);
    }

    [Fact]
    public async Task A_tunnel_that_dies_in_the_answer_is_a_cut()
    {
        await using var proxy = ConnectProxy.Start(new ConnectBehaviour { DiesWhen = () => !_upstream.Calls.IsEmpty });
        await using var weir = await StartAsync(proxy, null);

        var answer = await weir.ChatAsync("m", "hello");

        Assert.True(answer is { Status: 502, HasError: true }, answer.ToString());
        var (request, attempts) = await weir.RecordOfAsync(answer);
        Assert.Equal("upstream_cut", request.Outcome);
        Assert.Equal(AttemptOutcome.Cut, Assert.Single(attempts).Settlement!.Outcome);
        Assert.Equal(UsageSource.Estimated, attempts[0].Settlement!.UsageSource);
        Assert.Single(_upstream.Calls);
    }

    [Fact]
    public async Task The_next_target_takes_a_call_that_the_proxy_refused()
    {
        await using var proxy = ConnectProxy.Start(new ConnectBehaviour { Refuses = true });
        await using var weir = await StartAsync(proxy, null, standby: true);

        var answer = await weir.MessagesAsync("m", "hello", stream: true);

        Assert.True(answer is { Status: 200, HasEndMarker: true, HasError: false }, answer.ToString());
        Assert.Equal("2", answer.Headers["x-weir-attempts"]);
    }

    private Task<WeirFixture> StartAsync(ConnectProxy proxy, string? login, bool standby = false) => _world.StartAsync(_upstream.BaseUrl, _world.CaBundle,
        $"url: \"{proxy.Url.ToString().TrimEnd('/')}\"" + (login is null ? "" : $", credential: {_world.FileWith("login", login)}"), standby);
}
