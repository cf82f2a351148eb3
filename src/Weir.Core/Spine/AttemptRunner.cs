using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Metering;
using Weir.Core.Spine.Sessions;
using Weir.Core.Spine.Steps;
using Weir.Core.Upstream;

namespace Weir.Core.Spine;

/// <summary>One attempt: build the upstream's request (spliced or translated), authenticate, send, relay or read the refusal, and say what became of it.</summary>
public sealed class AttemptRunner(IUpstreamClients clients, CredentialRotation rotation, EndpointRotation endpoints, Relay relay, SessionRelay sessions, ReasoningMemory memory, TimeProvider time)
{
    private readonly AttemptClocks _clocks = new(time);
    private readonly UpstreamUrls _urls = new();

    /// <summary>Null when its answer was delivered whole; else the failure, with <see cref="Attempt.Outcome"/> set.</summary>
    public async ValueTask<GatewayError?> RunAsync(Exchange exchange, Attempt attempt, AttemptTerms terms)
    {
        if (endpoints.Choose(exchange, attempt) is { } none)
            return none;
        terms = terms.WithEndpoints(endpoints.Standby(exchange, attempt));
        var provider = attempt.Planned.Target.Provider;
        using var gone = attempt.Superseded.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(exchange.Client.Gone, attempt.Superseded) : null;
        var limits = ProviderCounts.IsTranslated(exchange, attempt.Planned) ? ProviderCounts.Limits(provider.Timeouts) : provider.Timeouts;
        attempt.Patience = terms.PatienceWithin(limits);
        var clock = _clocks.Rent(terms.Within(limits), gone?.Token ?? exchange.Client.Gone);
        using var payload = new UpstreamPayload();
        HttpResponseMessage? response = null;
        try
        {
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
            WatchConnect(exchange, message, payload, clock);
            response = await clients.For(provider).SendAsync(message, clock.Token);
            attempt.MayHaveCost = exchange.Operation.MayCost();
            attempt.Status = (int)response.StatusCode;
            CredentialRotation.Learn(attempt, response);
            return response.IsSuccessStatusCode
                ? await relay.RunAsync(exchange, attempt, response, clock, ContentRefusals.HasFallback(exchange, attempt) ? Math.Max(1, terms.Standby) : terms.Standby)
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

    /// <summary>Until a connection takes the body, the connect clock runs; without a body nothing tells, and the handler's own has to do.</summary>
    private static void WatchConnect(Exchange exchange, HttpRequestMessage message, UpstreamPayload payload, AttemptClock clock)
    {
        if (message.Content is null || exchange.Streamed is not null)
            return;
        payload.Clock = clock;
        clock.Arm(AttemptClock.Connect);
    }

    /// <summary>Without an answer, what was sent decides: a request that left whole may be at work in a model.</summary>
    private static void MarkSent(Exchange exchange, Attempt attempt, UpstreamPayload payload)
    {
        attempt.WasSent = payload.WasSent;
        attempt.MayHaveCost |= payload.WasSent && exchange.Operation.MayCost();
    }
}
