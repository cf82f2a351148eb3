using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Weir.Testing.Upstreams;

/// <summary>
/// An upstream below HTTP: accepts connections, reads one request each, then plays the script: any bytes, pauses,
/// closes, resets.
/// </summary>
public sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly Func<UpstreamPeer, Task> _script;
    private readonly Task _accepting;

    private ScriptedUpstream(Func<UpstreamPeer, Task> script)
    {
        _script = script;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Base URL for a provider, ending in <c>/v1</c>.</summary>
    public Uri BaseUrl => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/v1");

    /// <summary>Every connection that was accepted, in order.</summary>
    public ConcurrentQueue<UpstreamPeer> Peers { get; } = new();

    /// <summary>Starts listening. The script runs once per connection, after its request was read.</summary>
    public static ScriptedUpstream Start(Func<UpstreamPeer, Task> script) => new(script);

    /// <summary>Answers every request with these bytes and closes.</summary>
    public static ScriptedUpstream Start(byte[] answer) => Start(async peer =>
    {
        await peer.SendAsync(answer);
        peer.Close();
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        foreach (var peer in Peers)
            peer.Reset();
        await _accepting;
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var peer = new UpstreamPeer(await _listener.AcceptAsync(_stop.Token), _stop.Token);
                Peers.Enqueue(peer);
                _running.Add(Task.Run(() => PlayAsync(peer)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task PlayAsync(UpstreamPeer peer)
    {
        try
        {
            if (await peer.ReadRequestAsync())
                await _script(peer).WaitAsync(_stop.Token); // a failed test may never let its script go on
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or IOException)
        {
            // The other side went away, or the test is over.
        }
    }
}
