using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Weir.Core.Providers;

namespace Weir.Core.Upstream;

/// <summary>One tuned connection pool per provider endpoint and network policy. Every connection goes through the guarded connector.</summary>
public sealed class UpstreamClients : IUpstreamClients, IDisposable
{
    private readonly ConcurrentDictionary<PoolKey, HttpMessageInvoker> _pools = new();

    public HttpMessageInvoker For(Provider provider)
    {
        var key = new PoolKey(provider.BaseUrl.Authority, provider.AllowPrivateNetwork, provider.Timeouts.Connect, provider.Tls, provider.Proxy);
        return _pools.TryGetValue(key, out var pool) ? pool : _pools.GetOrAdd(key, Make);
    }

    public void Dispose()
    {
        foreach (var pool in _pools.Values)
            pool.Dispose();
        _pools.Clear();
    }

    private HttpMessageInvoker Make(PoolKey key) => new(new SocketsHttpHandler
    {
        UseProxy = key.Proxy is not null,
        Proxy = key.Proxy is { } proxy ? ProxyOf(proxy) : null,
        SslOptions = key.Tls is { } tls ? TlsOptions.Of(tls) : new(),
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = key.Connect,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
        MaxResponseHeadersLength = 64,
        MaxResponseDrainSize = 0,
        EnableMultipleHttp2Connections = true,
        // A client's header values go up as the bytes they came in; without this one umlaut fails the call.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        ConnectCallback = (context, cancellation) =>
            // A proxy is named by the operator, wherever it stands; the provider's name is the proxy's to resolve.
            GuardedConnector.ConnectAsync(context.DnsEndPoint, key.AllowPrivate || key.Proxy is not null, cancellation),
    });

    private static WebProxy ProxyOf(UpstreamProxy proxy)
    {
        var made = new WebProxy(proxy.Url);
        if (proxy.Credential?.Reveal() is { } login && login.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            made.Credentials = new NetworkCredential(login[..colon], login[(colon + 1)..]);
        return made;
    }

    private sealed record PoolKey(string Authority, bool AllowPrivate, TimeSpan Connect, UpstreamTls? Tls, UpstreamProxy? Proxy);
}
