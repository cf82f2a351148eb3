using System.Net.WebSockets;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Metering;
using Weir.Core.Spine.Steps;
using Weir.Core.Upstream;

namespace Weir.Core.Spine.Sessions;

/// <summary>
/// Steps 7 and 8 of a session: connects to the upstream, only then accepts the client (so that a failure can go to the
/// next target, and an error is plain HTTP), and moves messages both ways until one side closes, the key ends, nothing
/// moves for the idle limit, or the gateway stops.
/// </summary>
public sealed class SessionRelay(IUpstreamClients clients, Settle settle, SessionWatch watch, TimeProvider time)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    /// <summary>How long the other side may take to answer a close.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    public async ValueTask<GatewayError?> RunAsync(Exchange exchange, Attempt attempt, HttpRequestMessage request, UpstreamPayload payload, AttemptClock clock)
    {
        using var upstream = new ClientWebSocket();
        if (await ConnectAsync(exchange, attempt, upstream, request, clock) is { } refused)
            return refused;

        exchange.Session ??= await exchange.Client.Socket!.AcceptAsync(upstream.SubProtocol);
        exchange.TryCommit(attempt, time.GetElapsedTime(exchange.StartTimestamp));
        exchange.ClientStatus = 101;
        clock.Arm(AttemptClock.Total);
        if (exchange.Body.Length > 0)
        {
            using var first = new MemoryStream();
            await payload.WriteToAsync(first, clock.Token);
            await upstream.SendAsync(first.GetBuffer().AsMemory(0, (int)first.Length), exchange.FirstMessageType, endOfMessage: true, clock.Token);
        }
        return await MoveAsync(exchange, attempt, exchange.Session, upstream, clock);
    }

    private async ValueTask<GatewayError?> ConnectAsync(Exchange exchange, Attempt attempt, ClientWebSocket upstream, HttpRequestMessage request, AttemptClock clock)
    {
        upstream.Options.CollectHttpResponseDetails = true;
        upstream.Options.KeepAliveInterval = KeepAlive;
        foreach (var (name, values) in request.Headers.NonValidated)
            upstream.Options.SetRequestHeader(name, values.ToString());
        foreach (var protocol in SessionCredential.Public(exchange.Client.Socket!.Protocols))
            upstream.Options.AddSubProtocol(protocol);
        var url = new UriBuilder(request.RequestUri!) { Scheme = request.RequestUri!.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" }.Uri;
        try
        {
            await upstream.ConnectAsync(url, clients.For(attempt.Planned.Target.Provider), clock.Token);
            attempt.Status = 101;
            return null;
        }
        catch (WebSocketException e) when (upstream.HttpStatusCode != 0)
        {
            var status = attempt.Status = (int)upstream.HttpStatusCode;
            attempt.Outcome = status is >= 400 and < 500 ? AttemptOutcome.Rejected : AttemptOutcome.Failed;
            return UpstreamErrors.From(attempt, new UpstreamFailure(status, null, null, null)) with { Detail = e.Message };
        }
        catch (WebSocketException e)
        {
            throw e.InnerException as HttpRequestException ?? new HttpRequestException(e.Message, e);
        }
    }

    private async ValueTask<GatewayError?> MoveAsync(Exchange exchange, Attempt attempt, WebSocket client, ClientWebSocket upstream, AttemptClock clock)
    {
        var dialect = (ISessionDialect)exchange.Dialect;
        using var reader = new SessionReader(exchange, attempt, dialect.CreateSessionTap(), settle);
        var pulse = new SessionPulse(time);
        var limit = exchange.Snapshot.Limits.MaxMessageBytes;
        var up = new SessionPump(client, upstream, limit, pulse.Beat, reader: null);
        var down = new SessionPump(upstream, client, limit, pulse.Beat, reader);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(clock.Token);
        var upward = up.RunAsync(end.Token);
        var downward = down.RunAsync(end.Token);
        var watching = watch.RunAsync(exchange, attempt.Planned.Target.Provider.Timeouts.Idle, pulse, reader, end.Token);

        var first = await Task.WhenAny(upward, downward, watching);
        var error = await OutcomeAsync(exchange, attempt, clock, first, isUpstream: first == downward);
        // The session's own entry: what its answers used stands in theirs.
        (attempt.Facts, attempt.MayHaveCost) = (new ResponseFacts { Usage = default(Usage), UsageIsFinal = true, IsComplete = error is null }, false);
        using var patience = new CancellationTokenSource(Farewell, time);
        try
        {
            if (error is not null)
            {
                await SessionClose.TellAsync(exchange, error, down.IsMidMessage, patience.Token);
                if (upstream.State is WebSocketState.Open or WebSocketState.CloseReceived)
                    await upstream.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            }
            await Task.WhenAll(upward, downward).WaitAsync(patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or InvalidOperationException or ObjectDisposedException)
        {
            // It does not answer, or has gone: both connections end with us.
        }
        await SessionClose.AnswerAsync(client, patience.Token);
        await SessionClose.AnswerAsync(upstream, patience.Token);
        await end.CancelAsync();
        await Task.WhenAll(upward, downward, watching).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        exchange.ToldInStream = true;
        return error;
    }

    private static async ValueTask<GatewayError?> OutcomeAsync(Exchange exchange, Attempt attempt, AttemptClock clock, Task<GatewayError?> first, bool isUpstream)
    {
        attempt.Outcome = AttemptOutcome.Ok;
        try
        {
            return await first;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
        {
            if (clock.Expired is { } expired)
            {
                attempt.Outcome = AttemptOutcome.TimedOut;
                return GatewayErrors.UpstreamTimeout(attempt.Planned.Target.Name, expired.Name, expired.Limit);
            }
            // The client had said goodbye, and the upstream hung up instead of answering it.
            if (isUpstream && exchange.Session!.CloseStatus is not null)
                return null;
            // A pump fails for either side; the one that is still whole was not to blame.
            if (isUpstream && exchange.Session!.State == WebSocketState.Open)
            {
                attempt.Outcome = AttemptOutcome.Cut;
                return GatewayErrors.UpstreamCut(attempt.Planned.Target.Name, e.Message);
            }
            attempt.Outcome = AttemptOutcome.ClientGone;
            return GatewayErrors.ClientGone(Step.Relay, e.Message);
        }
    }
}
