using System.Net;
using System.Net.Sockets;
using Weir.Load.Net;

namespace Weir.Load.Run;

/// <summary>One keep-alive connection of the generator and the request in flight on it.</summary>
internal sealed class ClientConnection(IPEndPoint target) : IDisposable
{
    private Socket? _socket;
    private byte[] _request = [];

    internal int Fd { get; private set; } = -1;

    internal ResponseReader Response { get; } = new();

    internal bool Busy { get; private set; }

    /// <summary>When the request should have left; latency counts from here.</summary>
    internal long DueAt { get; private set; }

    internal long LastChunkAt { get; set; }

    /// <summary>Bytes of the request the socket has taken.</summary>
    internal int Written { get; private set; }

    /// <exception cref="SocketException">The target does not accept.</exception>
    internal void Connect(Epoll epoll)
    {
        _socket = RawSocket.Connect(target);
        Fd = (int)_socket.SafeHandle.DangerousGetHandle();
        epoll.Add(Fd);
        Response.Reset();
        Busy = false;
    }

    internal void Begin(long dueAt, byte[] request)
    {
        Busy = true;
        _request = request;
        DueAt = dueAt;
        LastChunkAt = 0;
        Written = 0;
        Response.Reset();
    }

    /// <summary>Sends what is left of the request; false when the socket failed.</summary>
    internal bool Write(Epoll epoll)
    {
        var wasPartial = Written > 0;
        var sent = RawSocket.Send(Fd, _request.AsSpan(Written));
        if (sent == RawSocket.Failed)
            return false;
        Written += Math.Max(sent, 0);
        var complete = Written == _request.Length;
        if (!complete || wasPartial)
            epoll.WatchWritable(Fd, !complete);
        return true;
    }

    internal void End() => Busy = false;

    internal void Close(Epoll epoll)
    {
        if (_socket is null)
            return;
        epoll.Remove(Fd);
        _socket.Dispose();
        _socket = null;
        Fd = -1;
        Busy = false;
    }

    public void Dispose() => _socket?.Dispose();
}
