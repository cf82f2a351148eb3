namespace Weir.Core.Routing.Health;

/// <summary>
/// A circuit breaker: closed until failures open it, open for a time that doubles with every failed trial, then half open:
/// one trial call at a time, whose end closes it or opens it again. Knows no clock: every question says when it is asked.
/// Thread safe; asking whether it is closed takes no lock.
/// </summary>
public sealed class Breaker(BreakerPolicy policy, IRandomSource random)
{
    private readonly Lock _gate = new();
    private readonly OutcomeWindow _window = new(policy.Window);
    private int _inARow;
    private int _failedTrials;
    private long _openUntil;
    private DateTimeOffset _openedAt;
    private DateTimeOffset? _trialSince;
    private long _timesOpened;

    /// <summary>When its open time ends or ended; null while it is closed.</summary>
    public DateTimeOffset? OpenUntil => Volatile.Read(ref _openUntil) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Why it opened, for a person; null while it is closed.</summary>
    public string? Reason { get; private set; }

    /// <summary>How often it opened, failed trials not counted.</summary>
    public long TimesOpened => Volatile.Read(ref _timesOpened);

    public BreakerState StateAt(DateTimeOffset now) => Volatile.Read(ref _openUntil) is not (var until and > 0) ? BreakerState.Closed
        : now.UtcTicks < until ? BreakerState.Open : BreakerState.HalfOpen;

    /// <summary>Whether a call would be let through; half open: only while no trial is under way.</summary>
    public bool WouldEnter(DateTimeOffset now)
    {
        if (StateAt(now) is var state and not BreakerState.HalfOpen)
            return state == BreakerState.Closed;
        lock (_gate)
            return !IsTrialOut(now);
    }

    /// <summary>Lets a call through; half open, it becomes the trial.</summary>
    public bool TryEnter(DateTimeOffset now)
    {
        if (StateAt(now) is var state and not BreakerState.HalfOpen)
            return state == BreakerState.Closed;
        lock (_gate)
        {
            if (StateAt(now) is var again and not BreakerState.HalfOpen)
                return again == BreakerState.Closed;
            if (IsTrialOut(now))
                return false;
            _trialSince = now;
            return true;
        }
    }

    /// <summary>A call went well. What began before it opened proves nothing any more. True: that closed it.</summary>
    public bool Succeeded(DateTimeOffset startedAt, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_openUntil == 0)
            {
                _inARow = 0;
                _window.Add(failed: false, now);
                return false;
            }
            if (startedAt < _openedAt)
                return false;
            Close();
            return true;
        }
    }

    /// <summary>A call failed by the target's fault. True: that opened it, or kept it open for longer.</summary>
    public bool Failed(DateTimeOffset startedAt, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_openUntil != 0)
                return startedAt >= _openedAt && StateAt(now) == BreakerState.HalfOpen && OpenAgain(now);
            _inARow++;
            _window.Add(failed: true, now);
            return _inARow >= policy.ConsecutiveFailures ? Open($"{_inARow} failures in a row", now) : OpenByRatio(now);
        }
    }

    /// <summary>A call went well and was far too slow: a failure in the ratio, and no end to failures in a row.</summary>
    public bool WasSlow(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_openUntil != 0)
                return false;
            _window.Add(failed: true, now);
            return OpenByRatio(now);
        }
    }

    /// <summary>A call that says nothing of the target (its client went away, its request was wrong) has ended: the trial is free.</summary>
    public void SaidNothing(DateTimeOffset startedAt)
    {
        if (Volatile.Read(ref _openUntil) == 0)
            return;
        lock (_gate)
        {
            if (startedAt >= _openedAt)
                _trialSince = null;
        }
    }

    /// <summary>Opens it until a time that somebody else named, another replica or a provider; never for a shorter time than it is open.</summary>
    public void OpenAtLeastUntil(DateTimeOffset until, string reason, DateTimeOffset now)
    {
        if (until <= now)
            return;
        lock (_gate)
        {
            if (_openUntil == 0)
            {
                _timesOpened++;
                _openedAt = now;
            }
            if (until.UtcTicks <= _openUntil)
                return;
            (Reason, _trialSince) = (reason, null);
            Volatile.Write(ref _openUntil, until.UtcTicks);
        }
    }

    /// <summary>Ends its open time: the next call is the trial.</summary>
    public void BringForward(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_openUntil > now.UtcTicks)
                Volatile.Write(ref _openUntil, now.UtcTicks);
        }
    }

    /// <summary>Closes it: somebody else found the target well.</summary>
    public void Reset()
    {
        lock (_gate)
            Close();
    }

    private bool IsTrialOut(DateTimeOffset now) => _trialSince is { } since && now - since < policy.TrialPatience;

    private bool OpenByRatio(DateTimeOffset now) =>
        _window.Calls >= policy.MinimumCalls && _window.Failures >= policy.ErrorRatio * _window.Calls
        && Open($"{_window.Failures} of {_window.Calls} calls failed", now);

    private bool OpenAgain(DateTimeOffset now)
    {
        _failedTrials++;
        return OpenFor(now);
    }

    private bool Open(string reason, DateTimeOffset now)
    {
        (Reason, _failedTrials) = (reason, 0);
        _timesOpened++;
        return OpenFor(now);
    }

    private bool OpenFor(DateTimeOffset now)
    {
        var open = policy.OpenFor * Math.Pow(2, Math.Min(_failedTrials, 30));
        if (open > policy.LongestOpen)
            open = policy.LongestOpen;
        open *= 1 + (policy.Jitter * ((2 * random.NextDouble()) - 1));
        (_openedAt, _trialSince) = (now, null);
        Volatile.Write(ref _openUntil, (now + open).UtcTicks);
        return true;
    }

    private void Close()
    {
        (_inARow, _failedTrials, _trialSince, Reason) = (0, 0, null, null);
        _window.Clear();
        Volatile.Write(ref _openUntil, 0);
    }
}
