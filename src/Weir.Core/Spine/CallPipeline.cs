using Weir.Core.Errors;
using Weir.Core.Routing.Affinity;
using Weir.Core.Spine.Steps;

namespace Weir.Core.Spine;

/// <summary>
/// The spine: every call walks the same ten steps, one file each in <c>Steps/</c>.
/// <code>
///  1 Accept    endpoint makes the Exchange, pins the snapshot, strict HTTP checks      Accept.cs
///  2 Identify  credential -> caller                                                    Identify.cs
///  3 Read      body into pooled memory, one strict pass finds the facts                Read.cs
///  4 Route     model -> eligible targets in order                                      Route.cs
///  5 Admit     limits, budget hold                                                     Admit.cs
///  6 Inspect   request processors                                                      Inspect.cs
///  7 Dispatch  attempt loop: splice or translate, send, classify, next target          Dispatch.cs
///  8 Relay     upstream bytes -> client, tapped / rewritten / translated               Relay.cs, Lanes/
///  9 Settle    real usage -> cost -> ledger, on every path                             Settle.cs
/// 10 Report    decision record, metrics, one log line; then copies leave               Report.cs, Shadows.cs
/// </code>
/// Identify stands before Read so that nobody unknown can make us hold a body (ADR-0002).
/// </summary>
public sealed class CallPipeline(
    Identify identify, Read read, Route route, Admit admit, Inspect inspect, Dispatch dispatch, Settle settle, Report report,
    Shadows shadows, AffinityTable warmth)
{
    /// <summary>Runs steps 2 to 10 for an accepted exchange. Never throws for anything a client or an upstream does.</summary>
    public async Task RunAsync(Exchange exchange)
    {
        try
        {
            exchange.Error = identify.Run(exchange)
                ?? await read.RunAsync(exchange)
                ?? await route.RunAsync(exchange)
                ?? await admit.RunAsync(exchange)
                ?? await inspect.RunAsync(exchange)
                ?? await dispatch.RunAsync(exchange);
        }
        catch (Exception e) when (exchange.Client.Gone.IsCancellationRequested)
        {
            exchange.Error = GatewayErrors.ClientGone(Step.Relay, e.GetType().Name);
        }
        catch (Exception e)
        {
            exchange.Error = GatewayErrors.Internal(e);
        }
        finally
        {
            await settle.CloseAsync(exchange);
        }

        try
        {
            if (exchange.Error is { } error)
                await ErrorReply.SendAsync(exchange, error);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client cannot be told any more; the record below says what happened.
            exchange.Client.Abort();
        }
        finally
        {
            try
            {
                await report.RunAsync(exchange);
                CacheLessons.Take(warmth, exchange);
                shadows.Launch(exchange);
            }
            finally
            {
                exchange.Dispose();
            }
        }
    }
}
