using Weir.Core.Dialects;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Errors;

namespace Weir.Core.Spine;

/// <summary>An upstream's failure as an error for a client of another dialect: class and status kept, text shown, our credentials never.</summary>
public static class UpstreamErrors
{
    // The provider's own words would tell the caller to check a key that is not theirs.
    private const string RefusedCredential = "The provider refused the gateway's credential.";

    public static GatewayError From(Attempt attempt, UpstreamFailure failure)
    {
        var target = attempt.Planned.Target.Name;
        var kind = KindOf(failure.Status);
        attempt.Refusal = RefusalReader.Read(failure);
        var message = failure.Status == 401 ? RefusedCredential
            : Safe(attempt, failure.Message) ?? $"'{target}' answered with status {failure.Status} and no message.";
        var status = failure.Status switch
        {
            401 => 502, // our credential failed, not the caller's
            >= 400 and <= 599 => failure.Status,
            _ => 502,
        };
        return new GatewayError(kind, Step.Dispatch, Party.Upstream, status,
            failure.Status == 401 ? "upstream_credential_refused" : failure.Code ?? failure.Type ?? CodeOf(kind), message)
        {
            RetryAfter = failure.RetryAfter,
            Detail = $"{target}: status {failure.Status}, type {failure.Type}, code {failure.Code}",
        };
    }

    /// <summary>True when the text shows any recognisable part of the credential the attempt was made with.</summary>
    public static bool Leaks(Attempt attempt, ReadOnlySpan<char> text) => attempt.Auth?.IsShownBy(text) == true;

    private static string? Safe(Attempt attempt, string? message) =>
        message is null || !Leaks(attempt, message) ? message : RefusedCredential;

    private static ErrorKind KindOf(int status) => status switch
    {
        401 => ErrorKind.UpstreamFailed,
        402 => ErrorKind.UpstreamRejected,
        403 => ErrorKind.PermissionDenied,
        404 => ErrorKind.NotFound,
        408 or 504 => ErrorKind.UpstreamTimeout,
        413 => ErrorKind.PayloadTooLarge,
        429 => ErrorKind.RateLimited,
        503 or 529 => ErrorKind.Overloaded,
        >= 400 and < 500 => ErrorKind.InvalidRequest,
        _ => ErrorKind.UpstreamFailed,
    };

    private static string CodeOf(ErrorKind kind) => kind switch
    {
        ErrorKind.RateLimited => "upstream_rate_limited",
        ErrorKind.Overloaded => "upstream_overloaded",
        ErrorKind.UpstreamTimeout => "upstream_timeout",
        ErrorKind.InvalidRequest => "upstream_rejected",
        _ => "upstream_failed",
    };
}
