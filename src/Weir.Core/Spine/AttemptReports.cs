using Weir.Core.Dialects;
using Weir.Core.Metering;
using Weir.Core.Routing.Health;
using Weir.Core.Upstream;

namespace Weir.Core.Spine;

/// <summary>What an attempt tells about its target: whose fault a failure was, and what its answer taught.</summary>
internal static class AttemptReports
{
    public static AttemptReport Of(Exchange exchange, Attempt attempt, DateTimeOffset now)
    {
        var usage = attempt.Facts?.Usage ?? default;
        return new AttemptReport
        {
            EndedAt = now,
            Outcome = attempt.Outcome,
            Status = attempt.Status,
            RestUntil = IsAskedToRest(exchange, attempt) && attempt.Error?.RetryAfter is { } wait ? now + wait : null,
            IsNotItsFault = !IsItsFault(exchange, attempt),
            TimeToFirstToken = attempt.TimeToFirstToken,
            Streamed = exchange.Facts!.Stream,
            Duration = attempt.Duration,
            InputTokens = usage.InputTotal,
            CacheReadTokens = usage.CacheRead,
            OutputTokens = usage.OutputTotal,
        };
    }

    /// <summary>
    /// A limit is that of the credential while there are others to try: then the credential pauses
    /// (<see cref="CredentialRotation"/>), and the target goes on with them.
    /// </summary>
    private static bool IsAskedToRest(Exchange exchange, Attempt attempt) => attempt.Status is 503 or 529
        || (attempt.Status == 429 && !CredentialRotation.HasAnother(exchange, attempt));

    /// <summary>What callers can bring about with their requests never counts against a target: nobody may shut one for the others.</summary>
    private static bool IsItsFault(Exchange exchange, Attempt attempt)
    {
        if (attempt.Refusal is RefusalKind.ContextTooLong or RefusalKind.ContentPolicy || attempt.Error?.Party == Errors.Party.Gateway)
            return false;
        return attempt.Outcome switch
        {
            // The client's own cap on length may be what an attempt ran out of time with.
            AttemptOutcome.TimedOut => attempt.Error?.Code != "upstream_timeout_" + AttemptClock.Total || attempt.TimeToFirstToken is null,
            // Our last credential or our account, or a model that is not there: every call there would fail. A count may be
            // missing where the model is not.
            AttemptOutcome.Rejected => (attempt.Status is 401 or 402 or 429 && !CredentialRotation.HasAnother(exchange, attempt)) || attempt.Status == 408
                || (attempt.Refusal == RefusalKind.ModelUnknown && exchange.Operation != Operation.CountTokens),
            AttemptOutcome.ClientGone or AttemptOutcome.Superseded => false,
            AttemptOutcome.Failed => !exchange.Client.Gone.IsCancellationRequested,
            _ => true,
        };
    }
}
