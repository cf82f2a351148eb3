namespace Weir.Core.Tests.Semantics.External;

/// <summary>A clock whose timers ring when the test says so.</summary>
internal sealed class DeadlineClock : TimeProvider
{
    private readonly List<Alarm> _alarms = [];
    private TimeSpan _now;

    public void Advance(TimeSpan by)
    {
        _now += by;
        foreach (var alarm in _alarms.Where(a => a.Due <= _now).ToList())
        {
            _alarms.Remove(alarm);
            alarm.Ring();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    private sealed class Alarm(DeadlineClock clock, Action ring) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock._alarms.Remove(this);
            if (dueTime >= TimeSpan.Zero)
            {
                Due = clock._now + dueTime;
                clock._alarms.Add(this);
            }

            return true;
        }

        public void Dispose() => clock._alarms.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
