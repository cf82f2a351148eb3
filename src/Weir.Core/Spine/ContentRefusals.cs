using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Metering;

namespace Weir.Core.Spine;

/// <summary>
/// Answers in a 200 that only refuse: a blocked prompt, an answer that a content filter ended. Where the route names a
/// <c>contentFallback</c> and nothing was given to the client yet, the fallback is asked, as after a refusal with a status;
/// otherwise the client gets the refusal as it came.
/// </summary>
internal static class ContentRefusals
{
    /// <summary>The answer is left for the fallback.</summary>
    public static bool IsLeft(Exchange exchange, Attempt attempt) =>
        !attempt.IsCommitted && attempt.Facts is { ContentRefused: true, Failure: null } && HasFallback(exchange, attempt);

    /// <summary>A target of the fallback stands by that this call has not asked. The last one's refusal is the client's to read.</summary>
    public static bool HasFallback(Exchange exchange, Attempt attempt)
    {
        if (exchange.Plan is not { ContentFallback.Count: > 0 } plan || attempt.Number >= plan.Attempts.MaxAttempts)
            return false;
        return plan.ContentFallback.Any(planned => !exchange.Attempts.Exists(a => ReferenceEquals(a.Planned, planned)));
    }

    /// <summary>Ends the attempt as refused.</summary>
    public static GatewayError Leave(Attempt attempt)
    {
        (attempt.Outcome, attempt.Refusal) = (AttemptOutcome.Rejected, RefusalKind.ContentPolicy);
        return GatewayErrors.ContentRefused(attempt.Planned.Target.Name, attempt.Facts!.FinishReason);
    }
}
