using Weir.Core.Dialects;
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

    /// <summary>True when the text shows any recognisable part of the provider's credential.</summary>
    public static bool Leaks(Attempt attempt, ReadOnlySpan<char> text)
    {
        if (attempt.Planned.Target.Provider.Credential?.Reveal() is not { Length: >= 8 } secret)
            return false;
        // Providers echo keys with the middle masked: the head or tail is enough to recognise one.
        if (text.Contains(secret, StringComparison.Ordinal))
            return true;
        var tail = secret.AsSpan(secret.Length - 4);
        return secret.Length >= 16 && (text.Contains(secret.AsSpan(0, 8), StringComparison.Ordinal)
            || Ends(text, "*", tail) || Ends(text, "...", tail) || Ends(text, "…", tail) || Ends(text, "\\u2026", tail));
    }

    /// <summary>Some place in the text reads <paramref name="mask"/> and then the credential's last characters.</summary>
    private static bool Ends(ReadOnlySpan<char> text, string mask, ReadOnlySpan<char> tail)
    {
        for (var at = text.IndexOf(tail, StringComparison.Ordinal); at >= 0;)
        {
            if (text[..at].EndsWith(mask, StringComparison.OrdinalIgnoreCase))
                return true;
            var next = text[(at + 1)..].IndexOf(tail, StringComparison.Ordinal);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return false;
    }

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
