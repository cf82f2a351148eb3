using System.Net;
using System.Net.Sockets;

namespace Weir.Core.Upstream;

/// <summary>
/// The one door to the outside. Checks the <i>resolved</i> address, then dials exactly that address, so a name cannot
/// point elsewhere between check and use (DNS rebinding).
/// </summary>
public static class GuardedConnector
{
    /// <summary>Opens a connection, or throws <see cref="HttpRequestException"/> when every address is forbidden or unreachable.</summary>
    public static ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, bool allowPrivate, CancellationToken cancellationToken) =>
        ConnectAsync(endpoint, allowPrivate ? static _ => true : AddressGuard.IsPublic, cancellationToken);

    /// <summary>As above, dialling only addresses that <paramref name="allows"/> admits.</summary>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, Predicate<IPAddress> allows, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(endpoint.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, allows);
        if (allowed.Length == 0)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError,
                $"'{endpoint.Host}' resolves to private or reserved addresses only; set allowPrivateNetwork: true on the provider to allow them.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endpoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
