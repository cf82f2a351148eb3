using System.Net;
using System.Net.Sockets;
using Weir.Testing.Upstreams;

namespace Weir.Tests.Chaos;

/// <summary>Addresses at which no upstream ever answers, each in its own way.</summary>
public sealed class DeadEnds : IAsyncDisposable
{
    private readonly BlackHole _hole;
    private readonly Socket _refuser = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    // Takes connections and whatever comes, and never says a word: a TLS hello gets no answer.
    private readonly ScriptedUpstream _deaf = ScriptedUpstream.Start(peer => peer.UntilClosedAsync());

    private DeadEnds(BlackHole hole)
    {
        _hole = hole;
        // Bound and never listening: the port stays ours and every connection to it is refused.
        _refuser.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public static async Task<DeadEnds> OpenAsync(CancellationToken cancellationToken) => new(await BlackHole.OpenAsync(cancellationToken));

    /// <summary>Base URL of the fault's dead end; null when the fault is one of an upstream that answers.</summary>
    public Uri? Of(ChaosFault fault) => fault.Provider switch
    {
        "refused" => new Uri($"http://127.0.0.1:{((IPEndPoint)_refuser.LocalEndPoint!).Port}/v1"),
        "blackhole" => _hole.BaseUrl,
        "tls" => new UriBuilder(_deaf.BaseUrl) { Scheme = "https" }.Uri,
        _ => null,
    };

    public async ValueTask DisposeAsync()
    {
        await _deaf.DisposeAsync();
        _hole.Dispose();
        _refuser.Dispose();
    }
}
