using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Weir.Core.Providers;
using Weir.Core.Routing.Health;

namespace Weir.Core.Routing.Pools;

/// <summary>
/// The pools of this process. What is known of an endpoint stays when the configuration changes, as long as the endpoint is
/// in it; what is known of a DNS name's addresses stays while a look-up fails.
/// </summary>
/// <param name="random">For choices among equals.</param>
/// <param name="breaker">When breakers of servers open; the default when null.</param>
public sealed class EndpointPools(IRandomSource random, BreakerPolicy? breaker = null)
{
    private readonly ConcurrentDictionary<(string Provider, Uri Address), PoolEndpoint> _endpoints = new();
    private readonly ConcurrentDictionary<(string Provider, PoolDns Dns), IReadOnlyList<Uri>> _found = new();
    private readonly ConditionalWeakTable<PoolSettings, EndpointPool> _pools = [];
    private readonly Lock _making = new();

    /// <summary>The pool of a provider, or null: it is none.</summary>
    public EndpointPool? Of(Provider provider)
    {
        if (provider.Pool is not { } settings)
            return null;
        if (_pools.TryGetValue(settings, out var known))
            return known;
        lock (_making)
        {
            if (_pools.TryGetValue(settings, out known))
                return known;
            var pool = new EndpointPool(settings, random);
            var addresses = settings.Dns is { } dns ? _found.GetValueOrDefault((provider.Name, dns), []) : settings.Endpoints;
            pool.Use([.. addresses.Select(a => Endpoint(provider.Name, a))]);
            _pools.Add(settings, pool);
            return pool;
        }
    }

    /// <summary>A look-up of the pool's DNS name found these addresses; an empty list changes nothing.</summary>
    public void Found(Provider provider, IReadOnlyList<Uri> addresses)
    {
        if (addresses.Count == 0 || provider.Pool?.Dns is not { } dns || Of(provider) is not { } pool)
            return;
        _found[(provider.Name, dns)] = addresses;
        if (!pool.Endpoints.Select(e => e.Address).SequenceEqual(addresses))
            pool.Use([.. addresses.Select(a => Endpoint(provider.Name, a))]);
    }

    /// <summary>Forgets endpoints that no provider has any more and nothing is at.</summary>
    public void Forget(IEnumerable<Provider> providers)
    {
        var live = providers.Where(p => p.Pool is not null).SelectMany(p => Of(p)!.Endpoints).ToHashSet();
        foreach (var (key, endpoint) in _endpoints)
        {
            if (!live.Contains(endpoint) && endpoint.InFlight == 0)
                _endpoints.TryRemove(key, out _);
        }
    }

    private PoolEndpoint Endpoint(string provider, Uri address) => _endpoints.GetOrAdd((provider, address), key => new PoolEndpoint(key.Address, breaker));
}
