using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Weir.Benchmarks.Failover;

/// <summary>
/// An upstream that gives every request the same bytes and notes when a request's first byte came and when its answer was about
/// to leave. Connections are kept; each has a thread that blocks, so that no scheduler stands between the socket and the clock.
/// </summary>
internal sealed class TimedUpstream : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _answer;
    private long _arrivedAt;
    private long _answeredAt;

    public TimedUpstream(int status, string contentType, string body)
    {
        _answer = Encoding.UTF8.GetBytes($"HTTP/1.1 {status} X\r\ncontent-type: {contentType}\r\ncontent-length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(64);
        new Thread(Accept) { IsBackground = true }.Start();
    }

    /// <summary>Base URL, ending in <c>/v1</c>.</summary>
    public Uri BaseUrl => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/v1");

    /// <summary>When the first byte of the latest request came (<see cref="Stopwatch.GetTimestamp"/>).</summary>
    public long ArrivedAt => Volatile.Read(ref _arrivedAt);

    /// <summary>When the latest answer was about to leave.</summary>
    public long AnsweredAt => Volatile.Read(ref _answeredAt);

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.Accept();
                socket.NoDelay = true;
                new Thread(() => Serve(socket)) { IsBackground = true }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private void Serve(Socket socket)
    {
        var buffer = new byte[256 * 1024];
        try
        {
            using (socket)
            {
                while (ReadRequest(socket, buffer))
                {
                    Volatile.Write(ref _answeredAt, Stopwatch.GetTimestamp());
                    socket.Send(_answer);
                }
            }
        }
        catch (SocketException)
        {
            // The other side has gone.
        }
    }

    /// <summary>Reads one request to its end; false when there is none.</summary>
    private bool ReadRequest(Socket socket, byte[] buffer)
    {
        for (var length = 0; ;)
        {
            var count = socket.Receive(buffer, length, buffer.Length - length, SocketFlags.None);
            if (count == 0)
                return false;
            if (length == 0)
                Volatile.Write(ref _arrivedAt, Stopwatch.GetTimestamp());
            length += count;
            var head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (head >= 0 && length >= head + 4 + BodyLength(Encoding.ASCII.GetString(buffer, 0, head)))
                return true;
        }
    }

    private static int BodyLength(string head)
    {
        const string field = "content-length:";
        var at = head.IndexOf(field, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return 0;
        var rest = head.AsSpan(at + field.Length);
        var end = rest.IndexOf('\r');
        return int.Parse(end < 0 ? rest : rest[..end], provider: System.Globalization.CultureInfo.InvariantCulture);
    }
}
