using System.Collections.Concurrent;
using Weir.Core.Dialects;
using Weir.Core.Providers;
using Weir.Core.Routing;

namespace Weir.Core.Spine;

/// <summary>
/// Which targets can be asked, in their own dialect, how many tokens a prompt has that came in another one. A target that
/// turned out to have no such operation is not asked again for a while.
/// </summary>
public sealed class ProviderCounts(TimeProvider time)
{
    /// <summary>Longest wait for a provider's count: an estimate is there at once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);
    private const int MaxKept = 1024;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _without = new(StringComparer.Ordinal);

    /// <summary>The exchange asks for a count in another dialect than the target's.</summary>
    public static bool IsTranslated(Exchange exchange, PlannedTarget planned) => exchange.Operation == Operation.CountTokens && !planned.IsNative;

    public bool MayAsk(PlannedTarget planned) =>
        planned.Dialect is ITokenCountDialect && !(_without.TryGetValue(planned.Target.Name, out var until) && time.GetUtcNow() < until);

    /// <summary>The target was asked in vain.</summary>
    public void TakeFailure(Attempt attempt)
    {
        if (attempt.Status is not (404 or 405 or 501))
            return;
        if (_without.Count >= MaxKept)
            _without.Clear();
        _without[attempt.Planned.Target.Name] = time.GetUtcNow() + Memory;
    }

    /// <summary>The provider's limits, none of them longer than a count is worth waiting for.</summary>
    public static UpstreamTimeouts Limits(UpstreamTimeouts limits) => limits with
    {
        FirstToken = Shorter(limits.FirstToken),
        Idle = Shorter(limits.Idle),
        Total = Shorter(limits.Total),
    };

    private static TimeSpan Shorter(TimeSpan limit) => limit < Patience ? limit : Patience;
}
