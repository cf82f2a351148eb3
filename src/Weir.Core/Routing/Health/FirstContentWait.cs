namespace Weir.Core.Routing.Health;

/// <summary>
/// One streamed call waiting for its first content. How long it waits, and how long it waited, is known of the target at once: a target
/// that got slow is left before its answers end.
/// </summary>
public sealed class FirstContentWait
{
    private readonly LatencyStatistics _latency;
    private readonly DateTimeOffset _since;
    private bool _isOver;

    internal FirstContentWait(LatencyStatistics latency, DateTimeOffset since)
    {
        (_latency, _since) = (latency, since);
        latency.Waiting.Add(since.UtcTicks);
    }

    /// <summary>It came, so long after the attempt began. Only the first time counts.</summary>
    public void Came(TimeSpan after, DateTimeOffset now)
    {
        if (_isOver)
            return;
        End();
        _latency.TimeToFirstToken.Observe(after.TotalSeconds, now);
    }

    /// <summary>The call is over, whether it came or not.</summary>
    public void End()
    {
        _isOver = true;
        _latency.Waiting.Remove(_since.UtcTicks);
    }
}
