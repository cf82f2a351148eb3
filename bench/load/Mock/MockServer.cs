using System.Net.Sockets;
using System.Text;
using Weir.Load.Net;

namespace Weir.Load.Mock;

/// <summary>
/// A model provider that costs almost nothing: one thread, prebuilt answers, one write per paced chunk. `GET /stats`
/// tells how many requests and chunks it served, which proves what did and did not reach the upstream.
/// </summary>
internal sealed class MockServer(MockSettings settings) : IDisposable
{
    private const int BurstBytes = 16 * 1024;
    private const int LongestWait = 250_000_000;
    private const int MaxDescriptors = 1 << 17;

    private readonly MockConnection?[] _connections = new MockConnection?[MaxDescriptors];
    private readonly Epoll _epoll = new();
    private readonly Socket _listener = RawSocket.Listen(settings.Listen);
    private readonly byte[] _receive = new byte[256 * 1024];
    private readonly byte[] _scratch = new byte[BurstBytes + 4096];
    private readonly PriorityQueue<MockConnection, long> _due = new();
    private readonly byte[] _error = MockPayloads.Error(settings.Status);
    private long _requests;
    private long _chunks;
    private int _open;

    internal void Run(CancellationToken cancellationToken)
    {
        var listener = (int)_listener.SafeHandle.DangerousGetHandle();
        _epoll.Add(listener);
        while (!cancellationToken.IsCancellationRequested)
        {
            var count = _epoll.Wait(SendDue());
            for (var i = 0; i < count; i++)
            {
                var (fd, readable, writable) = _epoll.Ready(i);
                if (fd == listener)
                    Accept(listener);
                else if (_connections[fd] is { } connection)
                    Serve(connection, readable, writable);
            }
        }
    }

    public void Dispose()
    {
        _epoll.Dispose();
        _listener.Dispose();
    }

    private static MockPayloads Payloads(MockConnection connection) =>
        MockPayloads.Of(connection.Order.Dialect);

    private long SendDue()
    {
        while (_due.TryPeek(out var connection, out var at))
        {
            var wait = at - Clock.Now;
            if (wait > 0)
                return Math.Min(wait, LongestWait);
            _due.Dequeue();
            if (!connection.Closed)
                Pump(connection);
        }

        return LongestWait;
    }

    private void Accept(int listener)
    {
        int fd;
        while ((fd = Libc.Accept(listener, 0, 0, Libc.NonBlocking)) >= 0)
        {
            _connections[fd] = new MockConnection(fd);
            _open++;
            _epoll.Add(fd);
        }
    }

    private void Serve(MockConnection connection, bool readable, bool writable)
    {
        if (writable && Flush(connection))
        {
            _epoll.WatchWritable(connection.Fd, false);
            if (connection.Opened && connection.Order.PaceNanoseconds == 0)
                Pump(connection);
        }

        if (!readable || connection.Closed)
            return;
        var read = RawSocket.Receive(connection.Fd, _receive);
        if (read == RawSocket.WouldBlock)
            return;
        try
        {
            if (read <= 0)
                Close(connection);
            else if (connection.Feed(_receive.AsSpan(0, read)))
                Answer(connection);
        }
        catch (InvalidDataException)
        {
            Close(connection);
        }
    }

    private void Answer(MockConnection connection)
    {
        if (connection.IsStats)
        {
            var body = $$"""{"requests":{{_requests}},"chunks":{{_chunks}},"open_connections":{{_open}}}""";
            connection.Reset();
            Send(connection, Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            return;
        }

        _requests++;
        connection.Order = MockOrder.Read(settings, connection.Head, connection.Tail);
        connection.DueAt = Clock.Now + connection.Order.DelayNanoseconds;
        if (connection.Order.DelayNanoseconds > 0)
            _due.Enqueue(connection, connection.DueAt);
        else
            Pump(connection);
    }

    /// <summary>Sends what is due now: a whole answer, one paced piece, or as much of a burst as the socket takes.</summary>
    private void Pump(MockConnection connection)
    {
        if (connection.Order.Status != 200 || !connection.Order.Stream)
        {
            var answer = connection.Order.Status != 200 ? _error : Payloads(connection).Answer;
            connection.Reset();
            Send(connection, answer);
            return;
        }

        var burst = connection.Order.PaceNanoseconds == 0;
        bool done;
        do
        {
            done = FillScratch(connection, burst, out var length);
            if (done)
                connection.Reset();
            Send(connection, _scratch.AsSpan(0, length));
        }
        while (burst && !done && !connection.Closed && connection.Pending.Count == 0);

        if (!burst && !done && !connection.Closed)
            _due.Enqueue(connection, connection.DueAt = connection.Order.NextDue(connection.DueAt));
    }

    private bool FillScratch(MockConnection connection, bool burst, out int length)
    {
        var payloads = Payloads(connection);
        length = 0;
        if (!connection.Opened)
        {
            connection.Opened = true;
            payloads.Opening.CopyTo(_scratch, 0);
            length = payloads.Opening.Length;
        }

        var wanted = burst ? int.MaxValue : 1;
        while (wanted-- > 0 && connection.Sent < connection.Order.Chunks && length < BurstBytes)
        {
            length += payloads.WriteContent(_scratch.AsSpan(length), connection.Sent++);
            _chunks++;
            if (!burst)
                return false;
        }

        if (connection.Sent < connection.Order.Chunks)
            return false;
        payloads.Closing.CopyTo(_scratch, length);
        length += payloads.Closing.Length;
        return true;
    }

    private void Send(MockConnection connection, ReadOnlySpan<byte> data)
    {
        if (connection.Pending.Count == 0)
        {
            var sent = RawSocket.Send(connection.Fd, data);
            if (sent == RawSocket.Failed)
            {
                Close(connection);
                return;
            }

            data = data[Math.Max(sent, 0)..];
            if (data.Length == 0)
                return;
        }

        connection.Pending = (byte[])[.. connection.Pending.AsSpan(), .. data];
        _epoll.WatchWritable(connection.Fd, true);
    }

    private bool Flush(MockConnection connection)
    {
        if (connection.Pending.Count == 0)
            return true;
        var sent = RawSocket.Send(connection.Fd, connection.Pending);
        if (sent == RawSocket.Failed)
            Close(connection);
        else if (sent > 0)
            connection.Pending = connection.Pending[sent..];
        return !connection.Closed && connection.Pending.Count == 0;
    }

    private void Close(MockConnection connection)
    {
        if (connection.Closed)
            return;
        connection.Closed = true;
        _connections[connection.Fd] = null;
        _open--;
        _ = Libc.Close(connection.Fd);
    }
}
