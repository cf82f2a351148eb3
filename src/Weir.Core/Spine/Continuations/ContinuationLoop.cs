using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Spine.Lanes;

namespace Weir.Core.Spine.Continuations;

/// <summary>
/// After the commit point: an answer that was cut goes on at further targets, as long as that is surely safe; otherwise the
/// client is told of the cut. Never a silent swap: what each attempt went on from, or why none did, is in the record.
/// </summary>
internal sealed class ContinuationLoop(AttemptLoop loop, PrefillTargets prefills, Exchange exchange, AttemptCourse course, AttemptPolicy policy, long start, TimeProvider time)
{
    /// <summary>Returns the attempt the answer ended with, well or cut.</summary>
    /// <param name="cut">The committed attempt that failed.</param>
    public async ValueTask<Attempt> RunAsync(Attempt cut)
    {
        // No answer to go on with: the stream was ended where it was cut. A fault of ours, or a client that left, ends the call as ever.
        if (cut.Answer is not { } answer || cut.Error!.Kind is ErrorKind.Internal or ErrorKind.ClientGone)
            return cut;

        var charged = cut.Settlement!.Usage;
        while ((cut.NotContinued = WhyNot(cut, answer, charged)) is null)
        {
            if (Take() is not var (candidate, state))
            {
                cut.NotContinued = "no further target of the plan takes the beginning of an answer (capability prefill)";
                break;
            }
            var (planned, form) = prefills.Find(candidate)!.Value;
            var attempt = loop.Open(exchange, planned);
            attempt.Prefill = new Prefill(answer, cut, charged, candidate, form);
            attempt.Answer = answer;
            state.Retries.PayIn();
            await loop.RunAsync(exchange, attempt, state, AttemptTerms.Of(policy, course.Standby, policy.MaxAttempts - exchange.Attempts.Count,
                ContentPatience.For(policy, exchange, planned.Target, state.Statistics), streamed: true, Spent));
            if (attempt.Error is not { } error || error.Kind is ErrorKind.Internal or ErrorKind.ClientGone)
                return attempt;
            if (!attempt.IsCommitted)
                continue;
            charged = charged.Plus(attempt.Settlement!.Usage);
            cut = attempt;
        }
        await LastWord.TellAsync(exchange, cut.Error!, time);
        return cut;
    }

    private TimeSpan Spent => time.GetElapsedTime(start);

    private (PlannedTarget Planned, Routing.Health.TargetState State)? Take() => course.TakeAvailable((planned, _) => prefills.Find(planned) is not null);

    private string? WhyNot(Attempt cut, OpenAnswer answer, in Usage charged) => answer.SoFar.WhyNot
        ?? (cut.Refusal == RefusalKind.ContentPolicy ? "the provider stopped it for its content"
        : cut.Outcome == AttemptOutcome.Rejected ? "the upstream refused to go on"
        : exchange.Attempts.Count >= policy.MaxAttempts ? "no attempt is left (attempts.max)"
        : policy.Deadline <= Spent ? "no time is left (attempts.deadline)"
        : Cap() - charged.OutputTotal < 1 ? "the cap on its length is used up"
        : null);

    /// <summary>The client's cap on output tokens, or the route's where that is lower; null = none.</summary>
    private long? Cap() => exchange.Facts!.MaxOutputTokens is not { } own ? exchange.Plan?.Route?.Overrides?.MaxTokens
        : Math.Min(own, exchange.Plan?.Route?.Overrides?.MaxTokens ?? own);
}
