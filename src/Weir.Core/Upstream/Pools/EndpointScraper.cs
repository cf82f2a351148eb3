using Weir.Core.Providers;
using Weir.Core.Routing.Pools;
using Weir.Core.Spine;

namespace Weir.Core.Upstream.Pools;

/// <summary>Asks an endpoint of a pool for its load, through the same guarded connections as calls to it.</summary>
public sealed class EndpointScraper(IUpstreamClients clients, TimeProvider time)
{
    // Engines' pages have some 100 KiB; what is longer is none of theirs.
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(2);

    /// <summary>Asks once; the endpoint is told what came of it. Throws only when <paramref name="cancellationToken"/> says so.</summary>
    public async Task ScrapeAsync(Provider provider, PoolMetrics metrics, PoolEndpoint endpoint, CancellationToken cancellationToken)
    {
        var patience = metrics.Interval * 2;
        patience = patience < ShortestPatience ? ShortestPatience : patience > LongestPatience ? LongestPatience : patience;
        using var enough = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        try
        {
            if (await ReadAsync(provider, metrics, endpoint, either.Token) is { } load)
                endpoint.Told(load, metrics.Interval, time.GetUtcNow());
            else
                endpoint.WasSilent();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            endpoint.WasSilent();
        }
    }

    private async Task<EngineLoad?> ReadAsync(Provider provider, PoolMetrics metrics, PoolEndpoint endpoint, CancellationToken cancellationToken)
    {
        var url = new UriBuilder(endpoint.Address) { Path = metrics.Path, Port = metrics.Port ?? endpoint.Address.Port }.Uri;
        using var message = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await clients.For(provider).SendAsync(message, cancellationToken);
        if (!response.IsSuccessStatusCode)
            return null;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var page = new PooledBody();
        while (page.Length <= MostBytes)
        {
            var count = await stream.ReadAsync(page.GetMemory(), cancellationToken);
            if (count == 0)
                return EngineLoadReader.Read(metrics.Engine, page.Span);
            page.Advance(count);
        }
        return null;
    }
}
