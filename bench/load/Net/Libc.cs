using System.Runtime.InteropServices;

namespace Weir.Load.Net;

/// <summary>
/// The few Linux calls the generator and the mock need. Both are one thread around epoll: the managed socket layer hops
/// through the thread pool for every event, which costs more than the proxies under test.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc.so.6";

    internal const int EAgain = 11;
    internal const int NoSignal = 0x4000;
    internal const int DontWait = 0x40;
    internal const int NonBlocking = 0x800;
    internal const int SetTimerSlack = 29;

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    internal static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    internal static partial int EpollControl(int epoll, int operation, int fd, byte* entry);

    [LibraryImport(Library, EntryPoint = "epoll_pwait2", SetLastError = true)]
    internal static partial int EpollWait(int epoll, byte* entries, int capacity, TimeSpec* timeout, nint signalMask);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    internal static partial nint Receive(int fd, byte* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    internal static partial nint Send(int fd, byte* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "accept4", SetLastError = true)]
    internal static partial int Accept(int fd, nint address, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int fd);

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ProcessControl(int option, nuint value, nuint a, nuint b, nuint c);

    [StructLayout(LayoutKind.Sequential)]
    internal struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
