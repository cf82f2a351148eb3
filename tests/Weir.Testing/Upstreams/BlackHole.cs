using System.Net;
using System.Net.Sockets;

namespace Weir.Testing.Upstreams;

/// <summary>An address that takes a connection attempt and never answers it: a listener whose queue is full, so that the system drops every SYN.</summary>
public sealed class BlackHole : IDisposable
{
    private readonly List<Socket> _sockets = [];

    private BlackHole()
    {
        var listener = New();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        _sockets.Add(listener);
        EndPoint = (IPEndPoint)listener.LocalEndPoint!;
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Base URL for a provider, ending in <c>/v1</c>.</summary>
    public Uri BaseUrl => new($"http://127.0.0.1:{EndPoint.Port}/v1");

    public static async Task<BlackHole> OpenAsync(CancellationToken cancellationToken)
    {
        var hole = new BlackHole();
        for (var full = false; !full;)
        {
            var filler = New();
            hole._sockets.Add(filler);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            enough.CancelAfter(TimeSpan.FromMilliseconds(500));
            try
            {
                await filler.ConnectAsync(hole.EndPoint, enough.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                full = true;
            }
        }
        return hole;
    }

    public void Dispose() => _sockets.ForEach(s => s.Dispose());

    private static Socket New() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
}
