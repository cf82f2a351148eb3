using Weir.Core.Metering;

namespace Weir.Core.Routing.Health;

/// <summary>
/// What calls taught about one target: whether calls may go there (its breaker, and how long it asked to be left alone),
/// and what scorers go by. Thread safe; asking takes no lock while all is well.
/// </summary>
public sealed class TargetState
{
    private readonly BreakerPolicy _policy;
    private readonly LatencyOutliers _outliers;
    private long _restUntilTicks;
    private long _doubtUntilTicks;
    private volatile bool _isHearsay;

    public TargetState(BreakerPolicy? policy = null, IRandomSource? random = null)
    {
        _policy = policy ?? BreakerPolicy.Default;
        _outliers = new LatencyOutliers(_policy);
        Breaker = new Breaker(_policy, random ?? new SeededRandomSource(0));
    }

    /// <summary>What scorers go by.</summary>
    public TargetStatistics Statistics { get; } = new();

    /// <summary>What repeats at this target are paid from.</summary>
    public RetryBudget Retries { get; } = new();

    /// <summary>Opens when calls fail.</summary>
    public Breaker Breaker { get; }

    /// <summary>Called when it begins to rest, rests longer, or is well again; null for nobody.</summary>
    internal Action<HealthNotice>? Changed { get; init; }

    /// <summary>What it is called in notices.</summary>
    internal string Key { get; init; } = "";

    /// <summary>Whether calls may go there at <paramref name="now"/>.</summary>
    public Availability AvailabilityAt(DateTimeOffset now)
    {
        var rest = Volatile.Read(ref _restUntilTicks);
        if (now.UtcTicks < rest)
            return new Availability(false, "it asked to be left alone", new DateTimeOffset(rest, TimeSpan.Zero));
        if (Breaker.WouldEnter(now))
            return Availability.Open;
        var reason = Breaker.StateAt(now) == BreakerState.Open ? "its breaker is open: " : "its breaker is half open and tries a call: ";
        return new Availability(false, reason + (Breaker.Reason ?? "failures"), Breaker.OpenUntil);
    }

    /// <summary>A call is about to leave for it. False: it rests, or is half open and has its trial call already.</summary>
    public bool TryEnter(DateTimeOffset now)
    {
        if (now.UtcTicks < Volatile.Read(ref _restUntilTicks) || !Breaker.TryEnter(now))
            return false;
        Statistics.Entered();
        return true;
    }

    /// <summary>A call leaves for it although it rests: every other target does too.</summary>
    public void EnterAnyway() => Statistics.Entered();

    /// <summary>A streamed call begins to wait for its first content. Tell the result when it comes, and when the call ends.</summary>
    /// <param name="inputTokens">Tokens of the prompt, estimated: the target has not said them yet.</param>
    /// <param name="now">The moment.</param>
    public FirstContentWait Await(long inputTokens, DateTimeOffset now) => new(Statistics.Latency(SizeClasses.Of(inputTokens)), now);

    /// <summary>A call that entered has ended.</summary>
    public void Leave(in AttemptReport report)
    {
        var slow = report is { Outcome: AttemptOutcome.Ok, Streamed: true, TimeToFirstToken: { } first }
            && _outliers.Take(SizeClasses.Of(report.InputTokens), first, report.EndedAt);
        Statistics.Left(report);
        var started = report.EndedAt - report.Duration;
        if (report.RestUntil is { } until)
            Rest(until, report.EndedAt);
        if (report.Outcome == AttemptOutcome.Ok)
        {
            if (slow && Breaker.OpenUntil is null)
                Opened(Breaker.WasSlow(report.EndedAt));
            else
                Worked(started, report.EndedAt);
        }
        else if (report.Outcome == AttemptOutcome.ClientGone || report.IsNotItsFault)
            Breaker.SaidNothing(started);
        else
            Opened(Breaker.Failed(started, report.EndedAt));
    }

    /// <summary>A probe got an answer: if its breaker is open, the next call may try.</summary>
    public void ProbeSucceeded(DateTimeOffset now) => Breaker.BringForward(now);

    /// <summary>A probe got none.</summary>
    public void ProbeFailed(DateTimeOffset now) => Opened(Breaker.Failed(now, now));

    /// <summary>
    /// Another replica said something of it. A rest is the provider's own word and is kept. That calls fail elsewhere is
    /// believed until this replica's own trial: if that goes well, what others say of failures is not heard for
    /// <see cref="BreakerPolicy.LongestOpen"/>, or until a call fails here, so that a replica whose own way out is broken
    /// cannot shut a target for all. That it is well again brings the own trial forward.
    /// </summary>
    internal void Hear(HealthNotice notice, DateTimeOffset now)
    {
        if (notice.Change == HealthChange.Closed)
        {
            Breaker.BringForward(now);
            return;
        }
        var until = Bounded(notice.Until ?? now, now);
        if (notice.Change == HealthChange.Rests)
        {
            Prolong(until, now);
        }
        else if (now.UtcTicks >= Volatile.Read(ref _doubtUntilTicks))
        {
            _isHearsay |= Breaker.OpenUntil is null;
            Breaker.OpenAtLeastUntil(until, notice.Reason, now);
        }
    }

    private void Rest(DateTimeOffset asked, DateTimeOffset now)
    {
        var until = Bounded(asked, now);
        if (Prolong(until, now))
            Changed?.Invoke(new HealthNotice(HealthChange.Rests, Key, until, "it asked to be left alone"));
    }

    private bool Prolong(DateTimeOffset until, DateTimeOffset now)
    {
        if (until <= now || until.UtcTicks <= Volatile.Read(ref _restUntilTicks))
            return false;
        Volatile.Write(ref _restUntilTicks, until.UtcTicks);
        return true;
    }

    private DateTimeOffset Bounded(DateTimeOffset until, DateTimeOffset now) => until < now + _policy.LongestRest ? until : now + _policy.LongestRest;

    private void Worked(DateTimeOffset started, DateTimeOffset now)
    {
        if (!Breaker.Succeeded(started, now))
            return;
        if (_isHearsay)
            Volatile.Write(ref _doubtUntilTicks, (now + _policy.LongestOpen).UtcTicks);
        _isHearsay = false;
        Changed?.Invoke(new HealthNotice(HealthChange.Closed, Key, null, "well again"));
    }

    private void Opened(bool changed)
    {
        if (!changed)
            return;
        _isHearsay = false;
        Volatile.Write(ref _doubtUntilTicks, 0);
        Changed?.Invoke(new HealthNotice(HealthChange.Opened, Key, Breaker.OpenUntil, Breaker.Reason ?? "failures"));
    }
}
