using Weir.Core.Routing.Health;

namespace Weir.Core.Telemetry;

/// <summary>How the targets stand, on <c>/metrics</c>.</summary>
internal static class TargetExposition
{
    /// <summary>Names behind patterns come from callers: beyond so many targets, those that are well are left out.</summary>
    private const int Most = 512;

    public static void Write(OpenMetricsWriter writer, IReadOnlyList<TargetHealth> all)
    {
        // A reload that changed an address leaves two states of one name: the worse one speaks.
        var targets = all.OrderByDescending(t => t.Breaker).ThenBy(t => t.Availability.IsAvailable).DistinctBy(t => t.Target).Take(Most)
            .OrderBy(t => t.Target, StringComparer.Ordinal).ToList();
        if (targets.Count == 0)
            return;
        writer.Family(MetricNames.TargetBreakerState, "gauge", "Breaker of a target: 0 closed, 1 half open, 2 open.");
        foreach (var target in targets)
            writer.Sample((int)target.Breaker, ("target", target.Target));
        writer.Family(MetricNames.TargetAvailable, "gauge", "0 while calls keep off a target: its breaker is open, or it asked to be left alone.");
        foreach (var target in targets)
            writer.Sample(target.Availability.IsAvailable ? 1 : 0, ("target", target.Target));
        writer.Family(MetricNames.TargetBreakerOpened, "counter", "Times a target's breaker opened, failed trials not counted.");
        foreach (var target in targets)
            writer.Sample(target.TimesOpened, ("target", target.Target));
        writer.Family(MetricNames.TargetInFlight, "gauge", "Attempts at a target now.");
        foreach (var target in targets)
            writer.Sample(target.InFlight, ("target", target.Target));
    }
}
