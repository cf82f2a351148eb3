using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Weir.Load.Net;

/// <summary>Non-blocking reads and writes on a raw descriptor.</summary>
internal static unsafe class RawSocket
{
    internal const int WouldBlock = -1;
    internal const int Failed = -2;

    /// <summary>Bytes read, 0 at the end of the stream, <see cref="WouldBlock"/> or <see cref="Failed"/>.</summary>
    internal static int Receive(int fd, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
            return Outcome(Libc.Receive(fd, start, (nuint)buffer.Length, Libc.DontWait));
    }

    /// <summary>Bytes written, <see cref="WouldBlock"/> or <see cref="Failed"/>.</summary>
    internal static int Send(int fd, ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data)
            return Outcome(Libc.Send(fd, start, (nuint)data.Length, Libc.DontWait | Libc.NoSignal));
    }

    internal static Socket Listen(IPEndPoint endpoint)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.NoDelay = true; // inherited by accepted sockets
        socket.Bind(endpoint);
        socket.Listen(8192);
        socket.Blocking = false;
        return socket;
    }

    /// <exception cref="SocketException">The target does not accept.</exception>
    internal static Socket Connect(IPEndPoint endpoint)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(endpoint);
            socket.Blocking = false;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static int Outcome(nint result)
    {
        if (result >= 0)
            return (int)result;
        return Marshal.GetLastPInvokeError() == Libc.EAgain ? WouldBlock : Failed;
    }
}
