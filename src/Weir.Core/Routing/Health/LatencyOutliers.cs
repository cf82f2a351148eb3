namespace Weir.Core.Routing.Health;

/// <summary>
/// Recognises answers that are far slower than a target's answers of that size usually are. What is taken for an outlier moves
/// the usual by a bounded step, so that a few do not make themselves normal, and a lasting change does in the end.
/// </summary>
internal sealed class LatencyOutliers(BreakerPolicy policy)
{
    private static readonly TimeSpan HalfLife = TimeSpan.FromMinutes(10);
    private readonly PeakEwma[] _usual = [.. Enumerable.Range(0, SizeClasses.Count).Select(_ => new PeakEwma(HalfLife))];

    /// <summary>Takes a time to first token; true when it is an outlier.</summary>
    public bool Take(SizeClass size, TimeSpan first, DateTimeOffset now)
    {
        var usual = _usual[(int)size];
        var limit = usual.Mean * policy.OutlierFactor;
        var outlier = first >= policy.OutlierFloor && usual.Count >= policy.OutlierMinimumCalls && first.TotalSeconds > limit;
        usual.Observe(outlier ? limit!.Value : first.TotalSeconds, now);
        return outlier;
    }
}
