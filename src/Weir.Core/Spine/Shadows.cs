using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Routing;
using Weir.Core.Spine.Steps;

namespace Weir.Core.Spine;

/// <summary>
/// Copies of calls that a <c>mirror</c> sends elsewhere. They leave when their call is over, with a body of their own, so
/// that the client waits for nothing; they go through the same attempt and are settled and recorded like calls, under the
/// id of their call with <c>~1</c>. Few at a time, none while the machine is busy, and cut off when the process stops.
/// </summary>
/// <param name="dispatch">The attempt.</param>
/// <param name="settle">The ledger.</param>
/// <param name="report">The record.</param>
/// <param name="time">The clock.</param>
/// <param name="isBusy">The machine has no time for copies.</param>
/// <param name="most">Most copies under way.</param>
public sealed class Shadows(Dispatch dispatch, Settle settle, Report report, TimeProvider time, Func<bool> isBusy, int most = Shadows.StandardMost) : IAsyncDisposable
{
    public const int StandardMost = 64;

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;
    private long _dropped;

    /// <summary>Copies that were not made, because the machine was busy or too many were under way.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Copies under way.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>The call is over: its copies leave. Waits for nothing.</summary>
    public void Launch(Exchange exchange)
    {
        if (exchange.Plan is not { Shadows.Count: > 0 } plan || !CanBeCopied(exchange))
            return;
        for (var i = 0; i < plan.Shadows.Count; i++)
        {
            if (_stopping.IsCancellationRequested || isBusy() || !TryEnter())
            {
                Interlocked.Increment(ref _dropped);
                continue;
            }
            _ = RunAsync(Copy(exchange, plan.Shadows[i], i + 1));
        }
    }

    /// <summary>Cuts off what is under way, and waits until it is settled.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (UnderWay > 0)
            await _idle.Task;
        _stopping.Dispose();
    }

    /// <summary>Whole bodies of calls that went out. What makes or names objects, and sessions, happen once.</summary>
    private static bool CanBeCopied(Exchange exchange) =>
        exchange is { Attempts.Count: > 0, Streamed: null, Session: null, Facts.Objects: null } && exchange.Dialect is not ISessionDialect;

    private bool TryEnter()
    {
        if (Interlocked.Increment(ref _underWay) <= most)
            return true;
        Leave();
        return false;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _underWay) == 0 && _stopping.IsCancellationRequested)
            _idle.TrySetResult();
    }

    private Exchange Copy(Exchange exchange, PlannedTarget target, int number)
    {
        var copy = new Exchange(ShadowIds.Of(exchange.Id, number), new ShadowChannel(exchange.Client, _stopping.Token), exchange.Snapshot, exchange.Dialect,
            exchange.Head, time.GetUtcNow(), time.GetTimestamp())
        {
            ShadowOf = exchange.Id,
            Caller = exchange.Caller,
            Facts = exchange.Facts,
            BodyIsRead = true,
            Named = exchange.Named.IsEmpty ? default : exchange.Named.ToArray(),
            Plan = new Plan(exchange.Plan!.Model, [target], []) { Route = exchange.Plan.Route },
        };
        var body = exchange.Body.Span;
        copy.Body.Reserve(body.Length);
        body.CopyTo(copy.Body.GetSpan(body.Length));
        copy.Body.Advance(body.Length);
        return copy;
    }

    private async Task RunAsync(Exchange copy)
    {
        // Away from the call's own thread before anything is done.
        await Task.Yield();
        try
        {
            copy.Error = await dispatch.RunAsync(copy);
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            copy.Error = GatewayErrors.ClientGone(Step.Dispatch, "the gateway stopped");
        }
        catch (Exception e)
        {
            copy.Error = GatewayErrors.Internal(e);
        }
        finally
        {
            try
            {
                await settle.CloseAsync(copy);
                await report.RunAsync(copy);
            }
            finally
            {
                copy.Dispose();
                Leave();
            }
        }
    }
}
