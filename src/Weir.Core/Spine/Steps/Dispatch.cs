using Weir.Core.Dialects;
using Weir.Core.Errors;

namespace Weir.Core.Spine.Steps;

/// <summary>
/// Step 7: the plan's targets through the <see cref="AttemptLoop"/>. Leaves with: a delivered answer, or the last failure.
/// </summary>
public sealed class Dispatch(AttemptLoop loop, Relay relay)
{
    public ValueTask<GatewayError?> RunAsync(Exchange exchange) =>
        exchange.Operation == Operation.CountTokens ? CountAsync(exchange) : loop.RunAsync(exchange, exchange.Plan!);

    /// <summary>Translated, a count would become a call that generates: from the first target that would need it on, the count is our own.</summary>
    private async ValueTask<GatewayError?> CountAsync(Exchange exchange)
    {
        var plan = exchange.Plan!;
        var native = plan.Targets.TakeWhile(t => t.IsNative).ToList();
        if (native.Count > 0)
        {
            var error = await loop.RunAsync(exchange, plan with { Targets = native, Resting = [], ContextFallback = [], ContentFallback = [] });
            if (error is null || native.Count == plan.Targets.Count || exchange.CommittedAfter is not null || !Outcomes.MayTryNext(exchange.Attempts[^1]))
                return error;
        }
        return await relay.AnswerCountAsync(exchange, plan.Targets[native.Count]);
    }
}
