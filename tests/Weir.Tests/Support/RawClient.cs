using System.Net.Sockets;
using System.Text;

namespace Weir.Tests.Support;

/// <summary>A client below HTTP: any bytes out, and what comes back.</summary>
public sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly StringBuilder _received = new();

    private RawClient()
    {
    }

    /// <summary>Everything received so far, one character per byte.</summary>
    public string Received => _received.ToString();

    /// <summary>Status codes of the responses received so far.</summary>
    public IReadOnlyList<int> Statuses
    {
        get
        {
            var statuses = new List<int>();
            var text = Received;
            for (var at = text.IndexOf("HTTP/1.1 ", StringComparison.Ordinal); at >= 0; at = text.IndexOf("HTTP/1.1 ", at + 1, StringComparison.Ordinal))
                statuses.Add(int.Parse(text.AsSpan(at + 9, 3), provider: System.Globalization.CultureInfo.InvariantCulture));
            return statuses;
        }
    }

    public static async Task<RawClient> ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(server.Host, server.Port, cancellationToken);
        return client;
    }

    public Task SendAsync(string text, CancellationToken cancellationToken) => SendAsync(Encoding.Latin1.GetBytes(text), cancellationToken);

    public async Task SendAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < bytes.Length;)
            sent += await _socket.SendAsync(bytes.AsMemory(sent), cancellationToken);
    }

    /// <summary>Reads until the server closes (true), or until it has said nothing for <paramref name="quiet"/> (false).</summary>
    public async Task<bool> ReadToEndAsync(TimeSpan quiet, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(quiet);
            try
            {
                var count = await _socket.ReceiveAsync(buffer, limit.Token);
                if (count == 0)
                    return true;
                _received.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
            catch (SocketException)
            {
                return true;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    /// <summary>Reads until <paramref name="enough"/> holds.</summary>
    public async Task ReadUntilAsync(Func<string, bool> enough, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (!enough(Received))
        {
            var count = await _socket.ReceiveAsync(buffer, cancellationToken);
            if (count == 0)
                throw new IOException("The server closed; received: " + Received);
            _received.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
    }

    public void Dispose() => _socket.Dispose();
}
