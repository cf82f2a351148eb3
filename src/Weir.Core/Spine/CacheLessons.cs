using Weir.Core.Metering;
using Weir.Core.Routing.Affinity;

namespace Weir.Core.Spine;

/// <summary>What an answered call teaches about prompt caches: the target that answered has the prompt now.</summary>
internal static class CacheLessons
{
    public static void Take(AffinityTable warmth, Exchange exchange)
    {
        if (exchange.Plan?.Trail is not { } trail || exchange.Current is not { Outcome: AttemptOutcome.Ok } attempt)
            return;
        var usage = attempt.Settlement?.Usage ?? default;
        trail.Learn(warmth, attempt.Planned.Target.Name, usage.InputTotal, usage.CacheRead + usage.CacheWrite5m + usage.CacheWrite1h);
    }
}
