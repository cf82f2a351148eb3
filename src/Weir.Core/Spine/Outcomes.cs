using System.Net.Sockets;
using Weir.Core.Dialects;
using Weir.Core.Dialects.Sse;
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
        if (exception is ClientGoneException || exchange.Client.Gone.IsCancellationRequested)
        {
            attempt.Outcome = AttemptOutcome.ClientGone;
            return GatewayErrors.ClientGone(exchange.CommittedAfter is null ? Step.Dispatch : Step.Relay, exception.GetType().Name);
        }

        if (exception is SupersededException || attempt.Superseded.IsCancellationRequested)
        {
            attempt.Outcome = AttemptOutcome.Superseded;
            return GatewayErrors.Superseded(target);
        }

        if (exchange.Streamed?.Fault is { } fault)
        {
            // The upstream never got a whole request; what was wrong is the client's to read.
            attempt.Outcome = AttemptOutcome.ClientGone;
            return fault;
        }

        if (clock.Expired is { } expired)
        {
            attempt.Outcome = AttemptOutcome.TimedOut;
            return GatewayErrors.UpstreamTimeout(target, expired.Name, expired.Limit);
        }

        if (attempt.Status == 0)
            return WithoutAnswer(attempt, exception, target);

        if (exception is FrameTooLargeException or InvalidDataException)
            return Unreadable(attempt, exception, target);

        attempt.Outcome = AttemptOutcome.Cut;
        return GatewayErrors.UpstreamCut(target, ConnectionFailures.OfCut(attempt.Planned.Target.Provider, exception, isAnswered: true));
    }

    /// <summary>True when the next target could do better: everything but the caller's own mistakes. A refusal for its content is the loop's to judge.</summary>
    public static bool MayTryNext(Attempt attempt) => attempt.Outcome switch
    {
        AttemptOutcome.ClientGone or AttemptOutcome.Superseded => false,
        _ when attempt.Refusal is RefusalKind.ContextTooLong or RefusalKind.ModelUnknown => true,
        AttemptOutcome.Rejected => attempt.Error?.Code is "parameter_not_supported" or "pool_overloaded"
            || attempt.Status is 401 or 402 or 403 or 404 or 408 or 409 or 425 or 429,
        _ => true,
    };

    private static GatewayError WithoutAnswer(Attempt attempt, Exception exception, string target)
    {
        // How the HTTP client says that its connect timeout passed.
        if (exception is OperationCanceledException { InnerException: TimeoutException })
        {
            attempt.Outcome = AttemptOutcome.TimedOut;
            return GatewayErrors.UpstreamTimeout(target, AttemptClock.Connect, attempt.Planned.Target.Provider.Timeouts.Connect);
        }

        if (ConnectionFailures.Of(target, attempt.Planned.Target.Provider, exception) is { } refused)
        {
            attempt.Outcome = AttemptOutcome.Unreachable;
            attempt.WasSent = attempt.MayHaveCost = false;
            return refused;
        }

        // Something answered, but not in HTTP, or with a head without end.
        if (exception is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded })
            return Unreadable(attempt, exception, target);

        if (attempt.WasSent && exception.InnerException is not SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            attempt.Outcome = AttemptOutcome.Cut;
            return GatewayErrors.UpstreamCut(target, ConnectionFailures.OfCut(attempt.Planned.Target.Provider, exception, isAnswered: false));
        }

        attempt.Outcome = AttemptOutcome.Unreachable;
        return GatewayErrors.UpstreamUnreachable(target, exception.Message);
    }

    private static GatewayError Unreadable(Attempt attempt, Exception exception, string target)
    {
        attempt.Outcome = AttemptOutcome.Failed;
        return GatewayErrors.UpstreamUnreadable(target, exception.Message);
    }
}
