using System.Net;

namespace Weir.Core.Upstream.Pools;

/// <summary>Looks names up.</summary>
public interface IHostAddresses
{
    /// <summary>The addresses behind a name.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The look-up failed, or there are none.</exception>
    Task<IPAddress[]> FindAsync(string name, CancellationToken cancellationToken);
}
