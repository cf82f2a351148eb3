using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Weir.Load.Net;

/// <summary>Level-triggered readiness for raw file descriptors, with nanosecond time-outs.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    private const int Capacity = 1024;
    private const uint In = 1;
    private const uint Out = 4;
    private const uint PeerClosed = 0x2000;

    // struct epoll_event is packed on x86-64 only.
    private static readonly int EntrySize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EntrySize - 8;

    private readonly byte* _entries;
    private readonly int _fd;

    internal Epoll()
    {
        _fd = Libc.EpollCreate(0);
        if (_fd < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        _entries = (byte*)NativeMemory.AllocZeroed((nuint)(Capacity * EntrySize));
        // The default slack of 50 us would be added to every pacing and every due time.
        _ = Libc.ProcessControl(Libc.SetTimerSlack, 1, 0, 0, 0);
    }

    internal void Add(int fd) => Control(1, fd, In);

    internal void WatchWritable(int fd, bool writable) => Control(3, fd, writable ? In | Out : In);

    internal void Remove(int fd) => Control(2, fd, 0);

    /// <summary>Waits for events; returns how many. A time-out of zero polls, a negative one waits for ever.</summary>
    internal int Wait(long timeoutNanoseconds)
    {
        Libc.TimeSpec limit = new()
        {
            Seconds = timeoutNanoseconds / 1_000_000_000,
            Nanoseconds = timeoutNanoseconds % 1_000_000_000,
        };
        var count = Libc.EpollWait(_fd, _entries, Capacity, timeoutNanoseconds < 0 ? null : &limit, 0);
        return Math.Max(count, 0); // EINTR counts as nothing ready
    }

    internal (int Fd, bool Readable, bool Writable) Ready(int index)
    {
        var entry = _entries + (index * EntrySize);
        var events = *(uint*)entry;
        return (*(int*)(entry + DataOffset), (events & ~Out) != 0, (events & Out) != 0);
    }

    public void Dispose()
    {
        _ = Libc.Close(_fd);
        NativeMemory.Free(_entries);
    }

    private void Control(int operation, int fd, uint events)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = events | PeerClosed;
        *(long*)(entry + DataOffset) = fd;
        _ = Libc.EpollControl(_fd, operation, fd, entry);
    }
}
