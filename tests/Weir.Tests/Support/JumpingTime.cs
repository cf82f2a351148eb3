namespace Weir.Tests.Support;

/// <summary>Real time plus jumps forward: timers due within a jump fire at once.</summary>
public sealed class JumpingTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<JumpingTimer> _timers = [];
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _ahead));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Interlocked.Read(ref _ahead);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new JumpingTimer(this, callback, state);
        lock (_lock)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Jump(TimeSpan by)
    {
        Interlocked.Add(ref _ahead, by.Ticks);
        JumpingTimer[] timers;
        lock (_lock)
            timers = [.. _timers];
        foreach (var timer in timers)
            timer.Rearm();
    }

    private sealed class JumpingTimer : ITimer
    {
        private readonly JumpingTime _time;
        private readonly ITimer _real;
        private readonly Lock _lock = new();
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private long _due = long.MaxValue;

        public JumpingTimer(JumpingTime time, TimerCallback callback, object? state)
        {
            _time = time;
            _real = System.CreateTimer(_ =>
            {
                lock (_lock)
                    _due = _period > TimeSpan.Zero ? _time.GetTimestamp() + _period.Ticks : long.MaxValue;
                callback(state);
            }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _period = period;
                _due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : _time.GetTimestamp() + dueTime.Ticks;
            }
            Rearm();
            return true;
        }

        public void Rearm()
        {
            lock (_lock)
            {
                var left = _due == long.MaxValue ? Timeout.InfiniteTimeSpan : new TimeSpan(Math.Max(0, _due - _time.GetTimestamp()));
                _real.Change(left, _period);
            }
        }

        public void Dispose()
        {
            lock (_time._lock)
                _time._timers.Remove(this);
            _real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
