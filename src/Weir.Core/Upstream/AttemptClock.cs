using Weir.Core.Providers;

namespace Weir.Core.Upstream;

/// <summary>
/// The clocks of one attempt on one cancellation token: first token, idle, total, and the client's going away.
/// Connect has its own clock in the connection handler. Afterwards <see cref="Expired"/> says which clock fired.
/// </summary>
public sealed class AttemptClock : IDisposable
{
    public const string Connect = "connect";
    public const string FirstToken = "first_token";
    public const string Idle = "idle";
    public const string Total = "total";

    /// <summary>After the end marker: how long the connection may take to close in order, so that it can be used again.</summary>
    public const string Tail = "tail";

    private static readonly TimeSpan TailLimit = TimeSpan.FromSeconds(5);

    private readonly UpstreamTimeouts _limits;
    private readonly TimeProvider _time;
    private readonly CancellationToken _gone;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly long _start;
    private string _armed = Total;
    private TimeSpan _limit;

    public AttemptClock(UpstreamTimeouts limits, TimeProvider time, CancellationToken gone)
    {
        _limits = limits;
        _time = time;
        _gone = gone;
        _start = time.GetTimestamp();
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _registration = gone.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The clock that fired, or null when none did.</summary>
    public (string Name, TimeSpan Limit)? Expired =>
        _source.IsCancellationRequested && !_gone.IsCancellationRequested ? (_armed, _limit) : null;

    /// <summary>Starts <paramref name="clock"/> anew, never beyond what is left of the total.</summary>
    public void Arm(string clock)
    {
        var limit = clock switch
        {
            FirstToken => _limits.FirstToken,
            Idle => _limits.Idle,
            Tail => TailLimit,
            _ => _limits.Total,
        };
        var left = _limits.Total - _time.GetElapsedTime(_start);
        (_armed, _limit) = left < limit ? (Total, _limits.Total) : (clock, limit);
        var delay = left < limit ? left : limit;
        _source.CancelAfter(delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
    }

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
