using System.Net.Sockets;
using Weir.Load.Measure;
using Weir.Load.Net;

namespace Weir.Load.Run;

/// <summary>
/// Drives one target from one thread: closed loop (a connection sends again when its answer is complete) or open loop
/// (requests leave at their due time whatever happened to the earlier ones, and wait their turn on the clock, so no
/// latency is omitted). Nothing is counted before the warm-up is over.
/// </summary>
internal sealed class LoadRunner(RunPlan plan, RunStatistics statistics) : IDisposable
{
    private const long SweepEvery = Clock.Second / 4;
    private const int MaxDescriptors = 1 << 17;
    private const int MaxErrors = 5_000;
    private const int MaxBacklog = 200_000;

    private readonly ClientConnection?[] _byDescriptor = new ClientConnection?[MaxDescriptors];
    private readonly List<ClientConnection> _connections = [];
    private readonly Stack<ClientConnection> _idle = new();
    private readonly Queue<long> _backlog = new();
    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly byte[] _expect = plan.Expect ?? [];
    private long _windowStart = long.MaxValue;
    private long _nextDue;
    private long _started;
    private int _next;

    internal List<MemorySample> Memory { get; } = [];

    /// <summary>Streams with content and no end when the window closed.</summary>
    internal int OpenAtEnd { get; private set; }

    internal bool Aborted { get; private set; }

    /// <returns>The samples at the start of the run, of the window, and at its end.</returns>
    internal (ResourceSample Start, ResourceSample Open, ResourceSample Close) Run(CancellationToken cancellationToken)
    {
        if (plan.TargetPid is { } pid)
            ProcessTree.ResetPeak(pid);
        var start = ResourceSample.Take(plan);
        _started = _nextDue = Clock.Now;
        Loop(_started + Clock.FromSeconds(plan.WarmUpSeconds), cancellationToken);

        var open = ResourceSample.Take(plan);
        statistics.Clear();
        _backlog.Clear();
        _windowStart = _nextDue = Clock.Now;
        open = open with { At = _windowStart };
        Loop(_windowStart + Clock.FromSeconds(plan.DurationSeconds), cancellationToken);

        var closedAt = Clock.Now;
        OpenAtEnd = _connections.Count(c => c.Busy && c.Response.Events is { Chunks: > 0, Finished: false });
        return (start, open, ResourceSample.Take(plan) with { At = closedAt });
    }

    public void Dispose()
    {
        _connections.ForEach(c => c.Dispose());
        _epoll.Dispose();
    }

    private void Loop(long until, CancellationToken cancellationToken)
    {
        var nextSweep = Clock.Now + SweepEvery;
        var nextMemory = Clock.Now;
        while (!Aborted && !cancellationToken.IsCancellationRequested && statistics.Completed + statistics.ErrorCount < plan.Count)
        {
            var now = Clock.Now;
            if (now >= until)
                return;
            OpenConnections(now);
            Dispatch(now);
            if (now >= nextSweep)
            {
                Sweep(now);
                nextSweep = now + SweepEvery;
            }

            if (plan.MemorySampleSeconds > 0 && now >= nextMemory && plan.TargetPid is { } pid)
            {
                Memory.Add(new MemorySample(Clock.ToSeconds(now - _started), ProcessTree.Sample(pid).ResidentKilobytes));
                nextMemory = now + Clock.FromSeconds(plan.MemorySampleSeconds);
            }

            var wake = Math.Min(until, nextSweep);
            if (plan.Rate is not null)
                wake = Math.Min(wake, _nextDue);
            if (_connections.Count < plan.Connections)
                wake = Math.Min(wake, now + (Clock.Second / 1000));
            var count = _epoll.Wait(plan.Spin ? 0 : Math.Max(wake - Clock.Now, 0));
            for (var i = 0; i < count; i++)
                Serve(_epoll.Ready(i));
        }
    }

    /// <summary>Opens the connections that are due: all at once, or along the ramp.</summary>
    private void OpenConnections(long now)
    {
        while (_connections.Count < plan.Connections
            && (plan.Ramp is not { } ramp || now >= _started + Clock.FromSeconds(_connections.Count / ramp)))
        {
            ClientConnection connection = new(plan.Target);
            _connections.Add(connection);
            if (Connect(connection))
                Next(connection);
        }
    }

    private bool Connect(ClientConnection connection)
    {
        try
        {
            connection.Connect(_epoll);
            _byDescriptor[connection.Fd] = connection;
            return true;
        }
        catch (SocketException)
        {
            CountError("connect");
            Aborted |= _connections.TrueForAll(c => c.Fd < 0);
            return false;
        }
    }

    private void Dispatch(long now)
    {
        if (plan.Rate is not { } rate)
            return;
        var interval = Clock.FromSeconds(1 / rate);
        for (; _nextDue <= now; _nextDue += interval)
            _backlog.Enqueue(_nextDue);
        while (_backlog.Count > 0 && _idle.TryPop(out var connection))
            Begin(connection, _backlog.Dequeue());
        Aborted |= _backlog.Count > MaxBacklog;
    }

    private void Next(ClientConnection connection)
    {
        if (plan.Rate is null)
            Begin(connection, Clock.Now);
        else if (_backlog.TryDequeue(out var due))
            Begin(connection, due);
        else
            _idle.Push(connection);
    }

    private void Begin(ClientConnection connection, long due)
    {
        connection.Begin(due, plan.Requests[_next]);
        _next = _next + 1 < plan.Requests.Count ? _next + 1 : 0;
        if (due >= _windowStart && plan.Rate is not null)
            statistics.Lateness.Add(Clock.Now - due);
        if (!connection.Write(_epoll))
            Fail(connection, "send");
    }

    private void Serve((int Fd, bool Readable, bool Writable) ready)
    {
        if (_byDescriptor[ready.Fd] is not { } connection || connection.Fd != ready.Fd)
            return;
        if (ready.Writable && connection.Busy && !connection.Write(_epoll))
        {
            Fail(connection, "send");
            return;
        }

        if (!ready.Readable)
            return;
        var read = RawSocket.Receive(ready.Fd, _buffer);
        if (read == RawSocket.WouldBlock)
            return;
        if (read <= 0)
        {
            PeerClosed(connection, read);
            return;
        }

        try
        {
            Take(connection, _buffer.AsSpan(0, read));
        }
        catch (InvalidDataException)
        {
            Fail(connection, "protocol");
        }
    }

    private void PeerClosed(ClientConnection connection, int read)
    {
        if (!connection.Busy)
            Reopen(connection, wasIdle: true);
        else if (read == 0 && connection.Response.EndsWithConnection)
            Complete(connection, Clock.Now);
        else
            Fail(connection, connection.Response.Started ? "truncated" : read == 0 ? "closed" : "reset");
    }

    private void Take(ClientConnection connection, ReadOnlySpan<byte> data)
    {
        statistics.BytesRead += data.Length;
        var complete = connection.Response.Feed(data, _expect, out var chunks);
        var now = Clock.Now;
        if (chunks > 0)
        {
            statistics.Chunks += chunks;
            if (connection.DueAt >= _windowStart && connection.LastChunkAt == 0)
                statistics.FirstChunk.Add(now - connection.DueAt);
            if (connection.LastChunkAt >= _windowStart)
                statistics.Gap.Add(now - connection.LastChunkAt);
            for (var i = 1; i < chunks; i++)
                statistics.Gap.Add(0);
            connection.LastChunkAt = now;
        }

        if (complete)
            Complete(connection, now);
    }

    private void Complete(ClientConnection connection, long now)
    {
        if (AnswerVerdict.Of(connection.Response, plan) is { } fault)
        {
            CountError(fault);
        }
        else
        {
            statistics.Completed++;
            if (connection.DueAt >= _windowStart)
                statistics.Latency.Add(now - connection.DueAt);
        }

        connection.End();
        if (connection.Response.MustClose || connection.Response.EndsWithConnection)
            Reopen(connection, wasIdle: false);
        else
            Next(connection);
    }

    private void Fail(ClientConnection connection, string kind)
    {
        CountError(kind);
        Reopen(connection, wasIdle: false);
    }

    private void Reopen(ClientConnection connection, bool wasIdle)
    {
        _byDescriptor[connection.Fd] = null;
        connection.Close(_epoll);
        if (Connect(connection) && !wasIdle)
            Next(connection);
    }

    private void Sweep(long now)
    {
        var limit = now - Clock.FromSeconds(plan.TimeoutSeconds);
        foreach (var connection in _connections)
        {
            // A held stream is meant to last; only silence is a fault.
            if (connection.Busy && Math.Max(connection.DueAt, connection.LastChunkAt) < limit)
                Fail(connection, "timeout");
        }
    }

    private void CountError(string kind)
    {
        statistics.CountError(kind);
        Aborted |= statistics.ErrorCount > MaxErrors;
    }
}
