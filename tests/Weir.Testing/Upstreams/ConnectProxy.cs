using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Weir.Testing.Upstreams;

/// <summary>A forward proxy that speaks CONNECT (RFC 9110 §9.3.6), with the ways in which such proxies fail.</summary>
public sealed class ConnectProxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly ConnectBehaviour _behaviour;
    private readonly Task _accepting;

    private ConnectProxy(ConnectBehaviour behaviour)
    {
        _behaviour = behaviour;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(64);
        _accepting = Task.Run(AcceptAsync);
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");

    /// <summary>What it was asked, in order: <c>HOST:PORT STATUS</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public static ConnectProxy Start(ConnectBehaviour? behaviour = null) => new(behaviour ?? new ConnectBehaviour());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
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
                var client = await _listener.AcceptAsync(_stop.Token);
                _running.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var from = client;
        try
        {
            while (await ReadHeadAsync(from) is { } head)
            {
                var target = head.Split(' ')[1];
                if (Refusal(head) is { } refusal)
                {
                    Asked.Enqueue($"{target} {refusal[..3]}");
                    await SendAsync(from, $"HTTP/1.1 {refusal}content-length: 0\r\n\r\n");
                    continue;
                }
                Asked.Enqueue($"{target} 200");
                var colon = target.LastIndexOf(':');
                using var to = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await to.ConnectAsync(target[..colon], int.Parse(target.AsSpan(colon + 1), CultureInfo.InvariantCulture), _stop.Token);
                await SendAsync(from, "HTTP/1.1 200 Connection established\r\n\r\n");
                await Task.WhenAny(PumpAsync(from, to, long.MaxValue, static () => false), PumpAsync(to, from, _behaviour.DiesAfter, _behaviour.DiesWhen));
                return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One of the three went away.
        }
    }

    private string? Refusal(string head)
    {
        var shown = head.Split("\r\n").FirstOrDefault(h => h.StartsWith("Proxy-Authorization: Basic ", StringComparison.OrdinalIgnoreCase));
        if (_behaviour.Login is { } login && shown?["Proxy-Authorization: Basic ".Length..] != Convert.ToBase64String(Encoding.UTF8.GetBytes(login)))
            return "407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"test\"\r\n";
        return _behaviour.Refuses ? "403 Forbidden\r\n" : null;
    }

    private async Task<string?> ReadHeadAsync(Socket socket)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            // Byte by byte: what follows the head belongs to the tunnel.
            if (await socket.ReceiveAsync(one, _stop.Token) == 0)
                return null;
            head.Append((char)one[0]);
        }
        return head.ToString();
    }

    private async Task PumpAsync(Socket from, Socket to, long limit, Func<bool> dies)
    {
        var buffer = new byte[16 * 1024];
        int count;
        while (limit > 0 && (count = await from.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, limit)), _stop.Token)) > 0 && !dies())
        {
            await SendAsync(to, buffer.AsMemory(0, count));
            limit -= count;
        }
    }

    private Task SendAsync(Socket socket, string text) => SendAsync(socket, Encoding.ASCII.GetBytes(text));

    private async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, _stop.Token)..];
    }
}
