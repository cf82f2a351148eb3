using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Testing.Upstreams;

/// <summary>
/// An upstream that takes bodies of any size without keeping them: counts and hashes what comes, then answers. Can hold
/// back its reading, to see who waits for whom.
/// </summary>
public sealed class UploadSink : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _answer;
    private readonly Task _running;
    private long _received;
    private int _ended;

    private UploadSink(byte[] answer, Task? mayRead)
    {
        _answer = answer;
        MayRead = mayRead ?? Task.CompletedTask;
        _listener.ReceiveBufferSize = 64 * 1024;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(16);
        _running = Task.Run(AcceptAsync);
    }

    /// <summary>Base URL for a provider, ending in <c>/v1</c>.</summary>
    public Uri BaseUrl => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/v1");

    /// <summary>Body bytes of the newest request so far.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Connections that ended, in whatever way.</summary>
    public int Ended => Volatile.Read(ref _ended);

    /// <summary>Head of the newest request.</summary>
    public string Head { get; private set; } = "";

    /// <summary>SHA-256 of the newest whole body.</summary>
    public string? Hash { get; private set; }

    private Task MayRead { get; }

    /// <param name="json">Body of the answer.</param>
    /// <param name="mayRead">The body is not read before this completes.</param>
    public static UploadSink Start(string json, Task? mayRead = null) => new(Encoding.UTF8.GetBytes(
        $"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}"), mayRead);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptAsync(_stop.Token);
                await ServeAsync(socket);
                Interlocked.Increment(ref _ended);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await ReadHeadAsync(socket, buffer) is { } start)
            {
                await MayRead.WaitAsync(_stop.Token);
                if (!await ReadBodyAsync(socket, buffer, start.Count, start.HeadLength))
                    return;
                await socket.SendAsync(_answer, _stop.Token);
            }
        }
        catch (SocketException)
        {
            // The other side went away.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<(int Count, int HeadLength)?> ReadHeadAsync(Socket socket, byte[] buffer)
    {
        var count = 0;
        while (true)
        {
            var end = buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                Head = Encoding.Latin1.GetString(buffer, 0, end + 4);
                return (count, end + 4);
            }
            var read = await socket.ReceiveAsync(buffer.AsMemory(count), _stop.Token);
            if (read == 0)
                return null;
            count += read;
        }
    }

    private async Task<bool> ReadBodyAsync(Socket socket, byte[] buffer, int count, int headLength)
    {
        const string field = "content-length:";
        var at = Head.IndexOf(field, StringComparison.OrdinalIgnoreCase);
        var end = Head.IndexOf('\r', at);
        var length = long.Parse(Head.AsSpan(at + field.Length, end - at - field.Length), provider: System.Globalization.CultureInfo.InvariantCulture);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(buffer, headLength, count - headLength);
        var received = (long)count - headLength;
        Volatile.Write(ref _received, received);
        while (received < length)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
            if (read == 0)
                return false;
            hash.AppendData(buffer, 0, read);
            received += read;
            Volatile.Write(ref _received, received);
        }
        Hash = Convert.ToHexString(hash.GetHashAndReset());
        return true;
    }
}
