using Weir.Core.Providers;

namespace Weir.Core.Upstream;

/// <summary>
/// The clocks of one attempt on one cancellation token: first token, idle, total, and the client's going away.
/// Connect is watched here for the request and in the connection handler for the connection. Afterwards <see cref="Expired"/> says which clock fired.
/// Arming is done for every chunk of every stream, so it only notes a deadline; the timer behind it is set anew when the
/// deadline comes earlier than it will look, which it hardly ever does.
/// </summary>
public sealed class AttemptClock : IDisposable
{
    public const string Connect = "connect";
    public const string FirstToken = "first_token";
    public const string Idle = "idle";
    public const string Total = "total";

    /// <summary>After the end marker: how long the connection may take to close in order, so that it can be used again.</summary>
    public const string Tail = "tail";

    private const long Never = long.MaxValue;
    private static readonly TimeSpan TailLimit = TimeSpan.FromSeconds(5);

    /// <summary>Timers count whole milliseconds: asking for one more keeps them from looking just before the deadline.</summary>
    private static readonly TimeSpan TimerGrain = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _source = new();
    private readonly ITimer _timer;
    private readonly Lock _setting = new();
    private UpstreamTimeouts _limits = UpstreamTimeouts.Default;
    private CancellationToken _gone;
    private CancellationTokenRegistration _registration;
    private long _start;
    private long _deadline = Never;
    private long _looksAt = Never;
    private (string Name, TimeSpan Limit) _armed = (Total, TimeSpan.Zero);
    private (string Name, TimeSpan Limit)? _expired;

    public AttemptClock(UpstreamTimeouts limits, TimeProvider time, CancellationToken gone)
        : this(time) => Start(limits, gone);

    internal AttemptClock(TimeProvider time)
    {
        _time = time;
        // Outlives the call it is made in when it is pooled: nothing of that call's context may stay with the timer.
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            _timer = time.CreateTimer(static clock => ((AttemptClock)clock!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The clock that fired, or null when none did.</summary>
    public (string Name, TimeSpan Limit)? Expired => _gone.IsCancellationRequested ? null : _expired;

    /// <summary>Starts <paramref name="clock"/> anew, never beyond what is left of the total.</summary>
    public void Arm(string clock)
    {
        var limit = clock switch
        {
            Connect => _limits.Connect,
            FirstToken => _limits.FirstToken,
            Idle => _limits.Idle,
            Tail => TailLimit,
            _ => _limits.Total,
        };
        var now = _time.GetTimestamp();
        var left = _limits.Total - _time.GetElapsedTime(_start, now);
        var delay = left < limit ? left : limit;
        lock (_setting)
        {
            _armed = left < limit ? (Total, _limits.Total) : (clock, limit);
            _deadline = now + Ticks(delay);
            if (_deadline < _looksAt)
                LookAfter(delay);
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        _timer.Dispose();
        _source.Dispose();
    }

    /// <summary>Begins an attempt, with no clock armed.</summary>
    internal void Start(UpstreamTimeouts limits, CancellationToken gone)
    {
        (_limits, _gone, _start) = (limits, gone, _time.GetTimestamp());
        _registration = gone.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>Ends an attempt. False when the clock cannot serve another one: then dispose it.</summary>
    internal bool TryReset()
    {
        _registration.Dispose();
        lock (_setting)
        {
            if (_expired is not null)
                return false;
            _deadline = Never;
        }
        (_registration, _gone) = (default, CancellationToken.None);
        return _source.TryReset();
    }

    private void Look()
    {
        lock (_setting)
        {
            _looksAt = Never;
            if (_deadline == Never)
                return;
            var left = _time.GetElapsedTime(_time.GetTimestamp(), _deadline);
            if (left > TimeSpan.Zero)
            {
                LookAfter(left);
                return;
            }
            (_expired, _deadline) = (_armed, Never);
        }
        _source.Cancel();
    }

    private void LookAfter(TimeSpan delay)
    {
        _looksAt = _deadline;
        _timer.Change(delay > TimeSpan.Zero ? delay + TimerGrain : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);
}
