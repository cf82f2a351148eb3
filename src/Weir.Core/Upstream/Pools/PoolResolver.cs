using System.Net;
using System.Net.Sockets;
using Weir.Core.Providers;
using Weir.Core.Routing.Pools;

namespace Weir.Core.Upstream.Pools;

/// <summary>
/// Finds the endpoints behind a pool's DNS name. A look-up that fails or finds nothing changes nothing: a resolver that is
/// down must not take servers away that are up. An endpoint that is no longer named gets no new calls.
/// </summary>
public sealed class PoolResolver(EndpointPools pools, IHostAddresses addresses)
{
    public async Task ResolveAsync(Provider provider, PoolDns dns, CancellationToken cancellationToken)
    {
        try
        {
            var found = await addresses.FindAsync(dns.Name, cancellationToken);
            // The services that give out a cloud's credentials are no inference servers, whatever a name says.
            pools.Found(provider, [.. found.Where(a => !AddressGuard.IsMetadata(a)).Select(a => UrlOf(a, dns)).Distinct().OrderBy(u => u.AbsoluteUri, StringComparer.Ordinal)]);
        }
        catch (SocketException)
        {
            // Said above.
        }
    }

    private static Uri UrlOf(IPAddress address, PoolDns dns) =>
        new UriBuilder(Uri.UriSchemeHttp, address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString(), dns.Port, dns.Path).Uri;
}
