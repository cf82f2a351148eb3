using System.Net.Sockets;
using Weir.Core.Errors;
using Weir.Core.Metering;
using Weir.Core.Upstream;

namespace Weir.Core.Spine;

/// <summary>What a failure means: whose it is, what it is called, and whether another target may help.</summary>
public static class Outcomes
{
    /// <summary>Turns an exception of an attempt into its outcome and error. Order matters: a gone client explains everything else.</summary>
    public static GatewayError Classify(Exchange exchange, Attempt attempt, AttemptClock clock, Exception exception)
    {
        var target = attempt.Planned.Target.Name;
        if (exchange.Client.Gone.IsCancellationRequested)
        {
            attempt.Outcome = AttemptOutcome.ClientGone;
            return GatewayErrors.ClientGone(exchange.CommittedAfter is null ? Step.Dispatch : Step.Relay, exception.GetType().Name);
        }

        if (clock.Expired is { } expired)
        {
            attempt.Outcome = AttemptOutcome.TimedOut;
            attempt.MayHaveCost = true;
            return GatewayErrors.UpstreamTimeout(target, expired.Name, expired.Limit);
        }

        if (attempt.Status == 0)
        {
            attempt.Outcome = AttemptOutcome.Unreachable;
            // A connection that was never made cannot have cost anything; one that broke after the request left may have.
            attempt.MayHaveCost = exception is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError }
                && exception.InnerException is not SocketException { SocketErrorCode: SocketError.ConnectionRefused };
            return GatewayErrors.UpstreamUnreachable(target, exception.Message);
        }

        attempt.Outcome = AttemptOutcome.Cut;
        return GatewayErrors.UpstreamCut(target, exception.Message);
    }

    /// <summary>True when the next target could do better: everything but the caller's own mistakes.</summary>
    public static bool MayTryNext(Attempt attempt) => attempt.Outcome switch
    {
        AttemptOutcome.ClientGone => false,
        AttemptOutcome.Rejected => attempt.Error?.Code == "parameter_not_supported"
            || attempt.Status is 401 or 402 or 403 or 404 or 408 or 409 or 425 or 429,
        _ => true,
    };
}
