namespace Weir.Core.Routing.Health;

/// <summary>What calls taught about one target. Thread safe; reads take no lock.</summary>
public sealed class TargetState
{
    private long _restUntilTicks;

    /// <summary>What scorers go by.</summary>
    public TargetStatistics Statistics { get; } = new();

    /// <summary>Whether calls may go there at <paramref name="now"/>.</summary>
    public Availability AvailabilityAt(DateTimeOffset now)
    {
        var until = Volatile.Read(ref _restUntilTicks);
        return now.UtcTicks >= until ? Availability.Open
            : new Availability(false, "it asked to be left alone", new DateTimeOffset(until, TimeSpan.Zero));
    }

    /// <summary>A call is about to leave for it. False: it rests, or is half open and has its trial call already.</summary>
    public bool TryEnter(DateTimeOffset now)
    {
        if (!AvailabilityAt(now).IsAvailable)
            return false;
        Statistics.Entered();
        return true;
    }

    /// <summary>A call that entered has ended.</summary>
    public void Leave(in AttemptReport report)
    {
        Statistics.Left(report);
        if (report.RestUntil is { } until)
            Volatile.Write(ref _restUntilTicks, until.UtcTicks);
    }
}
