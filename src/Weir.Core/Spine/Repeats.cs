using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;

namespace Weir.Core.Spine;

/// <summary>Whether a failed attempt is repeated at the same target, and after what pause.</summary>
internal static class Repeats
{
    /// <summary>The pause, or null: no repeat. A repeat is paid from the target's budget.</summary>
    /// <param name="attempt">The attempt that failed uncommitted.</param>
    /// <param name="made">Repeats made at this target so far.</param>
    /// <param name="policy">What the route allows.</param>
    /// <param name="left">What is left of the deadline, or null.</param>
    /// <param name="state">The target.</param>
    /// <param name="random">For jitter.</param>
    public static TimeSpan? Pause(Attempt attempt, int made, AttemptPolicy policy, TimeSpan? left, TargetState state, IRandomSource random)
    {
        if (made >= policy.Retries || !IsPassing(attempt))
            return null;
        var pause = policy.Backoff * Math.Pow(2, made) * (0.5 + (0.5 * random.NextDouble()));
        if (pause > policy.LongestPause)
            pause = policy.LongestPause;
        if (attempt.Error?.RetryAfter is { } asked)
        {
            if (asked > policy.LongestPause)
                return null;
            // Never earlier than asked; jitter only comes on top.
            pause = asked + (pause * 0.2);
        }
        return (left is { } time && pause >= time) || !state.Retries.TrySpend() ? null : pause;
    }

    /// <summary>The same request may succeed a moment later. Time-outs do not count: they used up the patience there was.</summary>
    private static bool IsPassing(Attempt attempt) => attempt.Outcome switch
    {
        AttemptOutcome.Unreachable or AttemptOutcome.Cut => true,
        AttemptOutcome.Failed => attempt.Error?.Party == Errors.Party.Upstream,
        AttemptOutcome.Rejected => attempt.Status is 408 or 409 or 425 or 429,
        _ => false,
    };
}
