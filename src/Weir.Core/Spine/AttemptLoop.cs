using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;
using Weir.Core.Spine.Steps;
using Weir.Core.Telemetry;

namespace Weir.Core.Spine;

/// <summary>
/// Tries until an answer is on its way to the client, or nothing is left to try: the next credential or endpoint of a target, a repeat
/// after a pause, the next target, a target that takes more. The plan says where and how hard; targets that began to rest
/// meanwhile are passed over. After the commit point nothing is tried again.
/// </summary>
public sealed class AttemptLoop(AttemptRunner runner, CredentialRotation rotation, EndpointRotation endpoints, ITargetStates states, Settle settle, CallTracer tracer, IRandomSource random, TimeProvider time)
{
    /// <summary>Null when an answer was delivered whole; else the last failure.</summary>
    public async ValueTask<GatewayError?> RunAsync(Exchange exchange, Plan plan)
    {
        var policy = plan.Attempts;
        var course = new AttemptCourse(plan, states, time);
        var start = time.GetTimestamp();
        Attempt? last = null;
        while (course.Take() is var (planned, state))
        {
            for (var repeats = 0; ;)
            {
                var page = exchange.NextPage;
                last = Open(exchange, planned);
                if (repeats == 0)
                    state.Retries.PayIn();
                var terms = AttemptTerms.Of(policy, Math.Min(course.Standby, policy.MaxAttempts - exchange.Attempts.Count), exchange.Facts!.Stream, time.GetElapsedTime(start));
                if (policy.HedgeAfter is { } patience && terms.Standby > 0 && Hedge.IsPossible(exchange))
                    last = await new Hedge(this, exchange, course, time).RunAsync(last, state, terms, patience);
                else
                    await RunAsync(exchange, last, state, terms);

                if (last.Error is null && !ReferenceEquals(page, exchange.NextPage))
                {
                    // Its answer held only what the client may not see: the list goes on.
                    state.EnterAnyway();
                    continue;
                }
                if (last.Error is null || IsOver(exchange, last, policy, start))
                    return last.Error;
                if (!ReferenceEquals(last.Planned, planned))
                    break;
                if (rotation.MayTryAgain(exchange, last) || endpoints.MayTryAgain(exchange, last))
                {
                    if (!state.TryEnter(time.GetUtcNow()))
                        break;
                    continue;
                }
                if (Repeats.Pause(last, repeats, policy, Left(policy, start), state, random) is not { } pause)
                    break;
                await Task.Delay(pause, time, exchange.Client.Gone);
                if (!state.TryEnter(time.GetUtcNow()))
                    break;
                repeats++;
            }
            if (!MayGoOn(last, course))
                break;
        }
        return last is null ? GatewayErrors.AllResting(exchange.Facts!.Model, null) : last.Error;
    }

    /// <summary>Opens the ledger entry of an attempt and adds it to the call's.</summary>
    internal Attempt Open(Exchange exchange, PlannedTarget planned)
    {
        var attempt = settle.Open(exchange, planned, exchange.Attempts.Count + 1);
        exchange.Attempts.Add(attempt);
        return attempt;
    }

    /// <summary>Runs an attempt at a target that was entered, and whatever happens settles it and leaves the target.</summary>
    internal async ValueTask RunAsync(Exchange exchange, Attempt attempt, TargetState state, AttemptTerms terms)
    {
        if (exchange.Facts!.Stream)
            attempt.Waiting = state.Await(exchange.Call?.InputTokens ?? 0, time.GetUtcNow());
        try
        {
            attempt.Span = tracer.StartAttempt(exchange.Span, exchange.Operation, attempt.Planned.Target, attempt.Number);
            attempt.Error = await runner.RunAsync(exchange, attempt, terms);
        }
        finally
        {
            attempt.Waiting?.End();
            attempt.Duration = time.GetElapsedTime(attempt.StartTimestamp);
            rotation.Accept(attempt);
            state.Leave(endpoints.Leave(exchange, attempt, AttemptReports.Of(exchange, attempt, time.GetUtcNow())));
            await settle.AttemptAsync(exchange, attempt);
            attempt.Span.End(attempt.Settlement!);
        }
    }

    /// <summary>Nothing more may be tried, whatever failed.</summary>
    private bool IsOver(Exchange exchange, Attempt attempt, AttemptPolicy policy, long start) =>
        exchange.CommittedAfter is not null
        // A body that was passed on is gone: nobody else can get it.
        || exchange.Streamed is { CanReplay: false }
        || exchange.Attempts.Count >= policy.MaxAttempts
        || attempt.Error!.Kind == ErrorKind.ClientGone
        || Left(policy, start) <= TimeSpan.Zero;

    private TimeSpan? Left(AttemptPolicy policy, long start) => policy.Deadline - time.GetElapsedTime(start);

    /// <summary>Whether another target may answer what this one did not, and which are left for it.</summary>
    private static bool MayGoOn(Attempt attempt, AttemptCourse course)
    {
        switch (attempt.Refusal)
        {
            case RefusalKind.ContextTooLong:
                course.NeedsMoreContext(attempt.Planned);
                return true;
            case RefusalKind.ContentPolicy:
                return course.NeedsOtherPolicy();
            default:
                return Outcomes.MayTryNext(attempt);
        }
    }
}
