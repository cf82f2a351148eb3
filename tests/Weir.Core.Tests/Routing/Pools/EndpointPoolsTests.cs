using System.Net;
using System.Net.Sockets;
using Weir.Core.Metering;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Routing.Pools;
using Weir.Core.Upstream.Pools;
using Xunit;

namespace Weir.Core.Tests.Routing.Pools;

public sealed class EndpointPoolsTests
{
    private static readonly PoolDns Dns = new("vllm.local", 8000, "/v1", TimeSpan.FromSeconds(10));
    private readonly EndpointPools _pools = new(new SeededRandomSource(1));

    [Fact]
    public void What_is_known_of_an_endpoint_outlives_a_change_of_the_configuration()
    {
        var before = _pools.Of(Provider(Static("http://10.0.0.1:8000/v1", "http://10.0.0.2:8000/v1")))!;
        before.Endpoints[1].Prefixes.Add([1, 2]);

        var after = _pools.Of(Provider(Static("http://10.0.0.2:8000/v1", "http://10.0.0.3:8000/v1")))!;

        Assert.Same(before.Endpoints[1], after.Endpoints[0]);
        Assert.Equal(2, after.Endpoints[0].Prefixes.Count);
    }

    [Fact]
    public void A_provider_without_a_pool_has_none() => Assert.Null(_pools.Of(Provider(null)));

    [Fact]
    public async Task Addresses_come_and_go_with_the_name_and_stay_while_it_cannot_be_looked_up()
    {
        var names = new Names();
        var resolver = new PoolResolver(_pools, names);
        var provider = Provider(new PoolSettings { Dns = Dns });
        var pool = _pools.Of(provider)!;

        await Look("10.0.0.2", "10.0.0.1", "fd12::5", "169.254.169.254");
        Assert.Equal(["http://10.0.0.1:8000/v1", "http://10.0.0.2:8000/v1", "http://[fd12::5]:8000/v1"], pool.Endpoints.Select(e => e.Address.AbsoluteUri));
        var (second, all) = (pool.Endpoints[1], pool.Endpoints);
        await Look();
        Assert.Same(all, pool.Endpoints);
        await Look("10.0.0.2");
        Assert.Same(second, Assert.Single(pool.Endpoints));

        // A new configuration with the same name starts with what was found.
        Assert.Same(second, Assert.Single(_pools.Of(Provider(new PoolSettings { Dns = Dns with { }, QueueLimit = 3 }))!.Endpoints));

        async Task Look(params string[] found)
        {
            names.Found = [.. found.Select(IPAddress.Parse)];
            await resolver.ResolveAsync(provider, Dns, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Endpoints_that_no_configuration_has_are_forgotten_once_nothing_is_there()
    {
        var old = Provider(Static("http://10.0.0.1:8000/v1"));
        var endpoint = _pools.Of(old)!.Endpoints[0];
        var lease = _pools.Of(old)!.Choose(new PoolCall { Model = "m" }, [], DateTimeOffset.UnixEpoch).Lease!;
        _pools.Forget([]);
        Assert.Same(endpoint, _pools.Of(Provider(Static("http://10.0.0.1:8000/v1")))!.Endpoints[0]);

        lease.Return(new() { EndedAt = DateTimeOffset.UnixEpoch, Outcome = AttemptOutcome.Ok, Status = 200, Duration = TimeSpan.Zero });
        _pools.Forget([]);
        Assert.NotSame(endpoint, _pools.Of(Provider(Static("http://10.0.0.1:8000/v1")))!.Endpoints[0]);
    }

    [Theory]
    [InlineData("http://10.0.0.1:8000/v1", "http://10.0.0.2:8000/v1")]
    [InlineData("http://10.0.0.1:8000/", "http://10.0.0.2:8000/")]
    public void A_base_url_of_the_provider_is_had_at_any_endpoint(string planned, string expected) =>
        Assert.Equal(expected, new PoolEndpoint(new Uri("http://10.0.0.2:8000/v1")).Rebase(new Uri(planned)).AbsoluteUri);

    private static PoolSettings Static(params string[] urls) => new() { Endpoints = [.. urls.Select(u => new Uri(u))] };

    private static Provider Provider(PoolSettings? pool) => new()
    {
        Name = "gpu",
        Kind = "vllm",
        BaseUrl = new Uri("http://10.0.0.1:8000/v1"),
        Dialects = new Dictionary<string, Uri?>(),
        Auth = AuthScheme.None,
        PriceProvider = "vllm",
        TelemetryName = "vllm",
        Timeouts = UpstreamTimeouts.Default,
        Pool = pool,
    };

    private sealed class Names : IHostAddresses
    {
        public IPAddress[] Found { get; set; } = [];

        public Task<IPAddress[]> FindAsync(string name, CancellationToken cancellationToken) =>
            Found.Length > 0 ? Task.FromResult(Found) : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.TryAgain));
    }
}
