using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Metering;
using Weir.Core.Routing;

namespace Weir.Core.Spine.Steps;

/// <summary>
/// Step 7: the plan's targets through the <see cref="AttemptLoop"/>. Leaves with: a delivered answer, or the last failure.
/// </summary>
public sealed class Dispatch(AttemptLoop loop, Relay relay, TimeProvider time)
{
    private readonly ProviderCounts _counts = new(time);

    public ValueTask<GatewayError?> RunAsync(Exchange exchange) =>
        exchange.Operation == Operation.CountTokens ? CountAsync(exchange) : loop.RunAsync(exchange, exchange.Plan!);

    /// <summary>
    /// A count never becomes a call that generates: native targets are asked as for any call; at the first that would need
    /// a translation it is the provider's own count in its own dialect, or an estimate of ours.
    /// </summary>
    private async ValueTask<GatewayError?> CountAsync(Exchange exchange)
    {
        var plan = exchange.Plan!;
        var native = plan.Targets.TakeWhile(t => t.IsNative).ToList();
        if (native.Count > 0)
        {
            var error = await loop.RunAsync(exchange, Only(plan, native));
            if (error is null || native.Count == plan.Targets.Count || exchange.CommittedAfter is not null || !Outcomes.MayTryNext(exchange.Attempts[^1]))
                return error;
        }

        var translated = plan.Targets[native.Count];
        if (!_counts.MayAsk(translated))
            return await relay.AnswerCountAsync(exchange, translated);
        if (await loop.RunAsync(exchange, Only(plan, [translated])) is not { } failure)
            return null;
        if (exchange.CommittedAfter is not null || exchange.Attempts[^1].Outcome == AttemptOutcome.ClientGone)
            return failure;
        _counts.TakeFailure(exchange.Attempts[^1]);
        return await relay.AnswerCountAsync(exchange, translated);
    }

    private static Plan Only(Plan plan, IReadOnlyList<PlannedTarget> targets) => plan with { Targets = targets, Resting = [], ContextFallback = [], ContentFallback = [] };
}
