using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Metering;
using Weir.Core.Spine.Sessions;
using Weir.Core.Telemetry;
using Weir.Core.Upstream;

namespace Weir.Core.Spine.Steps;

/// <summary>
/// Step 7, the attempt loop: build the upstream's request (spliced or translated), send it, classify what came back;
/// while nothing was committed to the client, a failure goes on to the next target. Leaves with: a delivered answer,
/// or the last failure.
/// </summary>
public sealed class Dispatch(IUpstreamClients clients, CredentialRotation rotation, EndpointRotation endpoints, Relay relay, SessionRelay sessions, ReasoningMemory memory,
    Settle settle, CallTracer tracer, TimeProvider time)
{
    private readonly ProviderCounts _counts = new(time);
    private readonly AttemptClocks _clocks = new(time);
    private readonly UpstreamUrls _urls = new();

    public async ValueTask<GatewayError?> RunAsync(Exchange exchange)
    {
        var plan = exchange.Plan!;
        for (var i = 0; ;)
        {
            // A count never becomes a call that generates: the provider's own count, or an estimate of ours.
            var counts = ProviderCounts.IsTranslated(exchange, plan.Targets[i]);
            if (counts && !_counts.MayAsk(plan.Targets[i]))
                return await relay.AnswerCountAsync(exchange, plan.Targets[i]);

            var attempt = settle.Open(exchange, plan.Targets[i], exchange.Attempts.Count + 1);
            exchange.Attempts.Add(attempt);
            var (standby, page) = (plan.Targets.Count - i - 1, exchange.NextPage);
            try
            {
                attempt.Span = tracer.StartAttempt(exchange.Span, exchange.Operation, attempt.Planned.Target, attempt.Number);
                attempt.Error = await TryAsync(exchange, attempt, standby);
            }
            finally
            {
                attempt.Duration = time.GetElapsedTime(attempt.StartTimestamp);
                endpoints.Leave(exchange, attempt);
                await settle.AttemptAsync(exchange, attempt);
                attempt.Span.End(attempt.Settlement!);
            }

            if (attempt.Error is not { } error)
            {
                if (ReferenceEquals(page, exchange.NextPage))
                    return null;
                continue;
            }
            // A body that was passed on is gone: nobody else can get it.
            if (exchange.CommittedAfter is not null || exchange.Streamed is { CanReplay: false })
                return error;
            if (rotation.MayTryAgain(exchange, attempt) || endpoints.MayTryAgain(exchange, attempt))
                continue;
            if (counts && attempt.Outcome != AttemptOutcome.ClientGone)
            {
                _counts.TakeFailure(attempt);
                return await relay.AnswerCountAsync(exchange, attempt.Planned);
            }
            if (standby == 0 || !Outcomes.MayTryNext(attempt))
                return error;
            i++;
        }
    }

    /// <summary>One attempt. Null when its answer was delivered whole.</summary>
    private async ValueTask<GatewayError?> TryAsync(Exchange exchange, Attempt attempt, int standby)
    {
        var provider = attempt.Planned.Target.Provider;
        var clock = _clocks.Rent(ProviderCounts.IsTranslated(exchange, attempt.Planned) ? ProviderCounts.Limits(provider.Timeouts) : provider.Timeouts, exchange.Client.Gone);
        using var payload = new UpstreamPayload();
        HttpResponseMessage? response = null;
        try
        {
            if (endpoints.Choose(exchange, attempt) is { } none)
                return none;
            standby += endpoints.Standby(exchange, attempt);
            if (await UpstreamRequests.BuildPayloadAsync(exchange, attempt, payload, memory, clock) is { } refusal)
            {
                attempt.Outcome = AttemptOutcome.Rejected;
                return refusal;
            }

            using var message = UpstreamRequests.Build(exchange, attempt, payload, _urls);
            clock.Arm(AttemptClock.FirstToken);
            if (await rotation.AuthenticateAsync(exchange, attempt, message, payload, clock.Token) is { } missing)
                return missing;
            if (exchange.Dialect is ISessionDialect)
                return await sessions.RunAsync(exchange, attempt, message, payload, clock);
            response = await clients.For(provider).SendAsync(message, clock.Token);
            attempt.MayHaveCost = exchange.Operation.MayCost();
            attempt.Status = (int)response.StatusCode;
            CredentialRotation.Learn(attempt, response);
            return response.IsSuccessStatusCode
                ? await relay.RunAsync(exchange, attempt, response, clock, standby)
                : await relay.ReadRejectionAsync(attempt, response, clock);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException or InvalidDataException)
        {
            MarkSent(exchange, attempt, payload);
            return Outcomes.Classify(exchange, attempt, clock, e);
        }
        catch (Exception e)
        {
            // A fault of ours is settled and reported like any other; another target may not run into it.
            MarkSent(exchange, attempt, payload);
            attempt.Outcome = AttemptOutcome.Failed;
            return GatewayErrors.Internal(e);
        }
        finally
        {
            // Disposing before the end closes the connection, which is what cancels generation upstream.
            response?.Dispose();
            _clocks.Return(clock, isQuiet: attempt.Outcome == AttemptOutcome.Ok && payload.WasSent);
        }
    }

    /// <summary>Without an answer, what was sent decides: a request that left whole may be at work in a model.</summary>
    private static void MarkSent(Exchange exchange, Attempt attempt, UpstreamPayload payload)
    {
        attempt.WasSent = payload.WasSent;
        attempt.MayHaveCost |= payload.WasSent && exchange.Operation.MayCost();
    }
}
