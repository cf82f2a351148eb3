using Weir.Core.Dialects;
using Weir.Core.Routing.Health;

namespace Weir.Core.Spine;

/// <summary>
/// Two attempts of one call, the second beside the first when that showed no content in time. Whichever reaches the commit
/// point answers; the other is cancelled. Both are settled. Paid from the retry budget of the second target.
/// </summary>
internal sealed class Hedge(AttemptLoop loop, Exchange exchange, AttemptCourse course, TimeProvider time)
{
    /// <summary>Only where a second call does no harm: nothing is created upstream but an answer, and the body can be sent twice.</summary>
    public static bool IsPossible(Exchange exchange) =>
        exchange is { Streamed: null, Session: null, Operation: Operation.Chat or Operation.Completion } && exchange.Facts!.Objects is null;

    /// <summary>The attempt that answered, or the one to judge by when both failed.</summary>
    public async ValueTask<Attempt> RunAsync(Attempt first, TargetState state, AttemptTerms terms, TimeSpan patience)
    {
        exchange.Committed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stopFirst = new CancellationTokenSource();
        using var stopSecond = new CancellationTokenSource();
        first.Superseded = stopFirst.Token;
        var one = loop.RunAsync(exchange, first, state, terms).AsTask();
        try
        {
            if (await IsSlowAsync(one, patience) && course.TakeAvailable((_, s) => s.Retries.TrySpend()) is var (planned, other))
            {
                var second = loop.Open(exchange, planned);
                second.Superseded = stopSecond.Token;
                var two = loop.RunAsync(exchange, second, other, terms with { Standby = Math.Max(1, course.Standby) }).AsTask();
                await UntilCommittedAsync(one, two);
                if (first.IsCommitted)
                    await stopSecond.CancelAsync();
                else if (second.IsCommitted)
                    await stopFirst.CancelAsync();
                await Task.WhenAll(one, two);
                return first.IsCommitted ? first : second;
            }
        }
        finally
        {
            await one;
        }
        return first;
    }

    /// <summary>The patience passed, and the first attempt neither ended nor showed content.</summary>
    private async ValueTask<bool> IsSlowAsync(Task one, TimeSpan patience)
    {
        using var enough = new CancellationTokenSource();
        var wait = Task.Delay(patience, time, enough.Token);
        var passed = await Task.WhenAny(one, exchange.Committed!.Task, wait) == wait;
        await enough.CancelAsync();
        return passed && exchange.CommittedAfter is null;
    }

    /// <summary>Until one of the two is at the commit point, or both have ended.</summary>
    private async ValueTask UntilCommittedAsync(Task one, Task two)
    {
        var committed = exchange.Committed!.Task;
        while (exchange.CommittedAfter is null && !(one.IsCompleted && two.IsCompleted))
            await Task.WhenAny(one.IsCompleted ? [two, committed] : two.IsCompleted ? [one, committed] : [one, two, committed]);
    }
}
