using System.Net;

namespace Weir.Core.Upstream.Pools;

/// <summary>The system's resolver.</summary>
public sealed class SystemHostAddresses : IHostAddresses
{
    public Task<IPAddress[]> FindAsync(string name, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(name, cancellationToken);
}
