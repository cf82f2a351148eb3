using System.Globalization;

namespace Weir.Core.Errors;

/// <summary>The errors Weir itself raises: one place that decides what a client may be told.</summary>
public static class GatewayErrors
{
    public static GatewayError MissingKey { get; } = new(ErrorKind.Authentication, Step.Identify, Party.Client, 401, "missing_api_key",
        "No API key was sent. Send your Weir key (wk-...) as 'Authorization: Bearer', 'x-api-key' or 'x-goog-api-key'.");

    public static GatewayError UnknownKey { get; } = new(ErrorKind.Authentication, Step.Identify, Party.Client, 401, "invalid_api_key",
        "This API key is not known here. Use a key issued by this gateway (wk-...); ask your platform team for one.");

    public static GatewayError ConflictingKeys { get; } = new(ErrorKind.Authentication, Step.Identify, Party.Client, 401,
        "conflicting_api_keys", "Two different API keys were sent in two headers. Send one.");

    public static GatewayError RevokedKey { get; } = new(ErrorKind.Authentication, Step.Identify, Party.Client, 401, "revoked_api_key",
        "This API key was revoked. Ask your platform team for a new one.");

    public static GatewayError ExpiredKey { get; } = new(ErrorKind.Authentication, Step.Identify, Party.Client, 401, "expired_api_key",
        "This API key has expired. Ask your platform team for a new one.");

    public static GatewayError BodyTooLarge(long limit) => new(ErrorKind.PayloadTooLarge, Step.Read, Party.Client, 413, "body_too_large",
        string.Create(CultureInfo.InvariantCulture, $"The request body is larger than the {limit:N0} bytes this gateway accepts. Send less, or raise server.limits.maxBody."));

    public static GatewayError BodyBroken { get; } = new(ErrorKind.InvalidRequest, Step.Read, Party.Client, 400, "body_incomplete",
        "The request body ended before its declared length or was framed wrongly.");

    public static GatewayError AmbiguousTrailer(string name) => new(ErrorKind.InvalidRequest, Step.Read, Party.Client, 400,
        "ambiguous_framing", $"'{name}' came as a trailer. Requests that two servers could read differently are refused.");

    public static GatewayError BadBody(string code, string message, string? param) =>
        new(ErrorKind.InvalidRequest, Step.Read, Party.Client, 400, code, message) { Param = param };

    public static GatewayError UnknownModel(string model, string? suggestion) => new(ErrorKind.NotFound, Step.Route, Party.Client, 404,
        "model_not_found", suggestion is null
            ? $"The model '{Shorten(model)}' is not served here. GET /v1/models lists what your key may use."
            : $"The model '{Shorten(model)}' is not served here. Did you mean '{suggestion}'? GET /v1/models lists what your key may use.")
    { Param = "model" };

    public static GatewayError ModelNotGranted(string model) => new(ErrorKind.PermissionDenied, Step.Route, Party.Client, 403,
        "model_not_granted", $"Your key may not use the model '{Shorten(model)}'. GET /v1/models lists what it may use.")
    { Param = "model" };

    public static GatewayError NoTarget(string model, string reasons) => new(ErrorKind.InvalidRequest, Step.Route, Party.Operator, 400,
        "no_eligible_target", $"No target of the model '{Shorten(model)}' can serve this kind of call: {reasons}")
    { Param = "model" };

    public static GatewayError Untranslatable(string path, string reason) => new(ErrorKind.InvalidRequest, Step.Dispatch, Party.Client,
        400, "parameter_not_supported", $"'{path}' cannot be carried to the model's provider: {reason.TrimEnd('.')}. Remove it, or choose a model whose provider speaks this API natively.")
    { Param = path };

    public static GatewayError UpstreamUnreachable(string target, string detail) => new(ErrorKind.UpstreamFailed, Step.Dispatch,
        Party.Upstream, 502, "upstream_unreachable", $"No connection to '{target}' could be made.")
    { Detail = detail };

    public static GatewayError UpstreamTimeout(string target, string clock, TimeSpan limit) => new(ErrorKind.UpstreamTimeout,
        Step.Dispatch, Party.Upstream, 504, "upstream_timeout_" + clock,
        string.Create(CultureInfo.InvariantCulture, $"'{target}' did not answer in time: the {clock.Replace('_', ' ')} limit of {limit.TotalSeconds:0.###} s passed."));

    public static GatewayError UpstreamCut(string target, string detail) => new(ErrorKind.UpstreamFailed, Step.Relay, Party.Upstream, 502,
        "upstream_cut", $"The answer of '{target}' broke off before its end. What was received so far is not complete.")
    { Detail = detail };

    public static GatewayError UpstreamUnreadable(string target, string detail) => new(ErrorKind.UpstreamFailed, Step.Relay, Party.Upstream,
        502, "upstream_unreadable", $"The answer of '{target}' was not understood.")
    { Detail = detail };

    public static GatewayError ClientGone(Step phase, string detail) => new(ErrorKind.ClientGone, phase, Party.Client, 499, "client_gone",
        "The client closed the connection.")
    { Detail = detail };

    public static GatewayError NoCredential(string detail) => new(ErrorKind.UpstreamFailed, Step.Dispatch, Party.Operator, 502,
        "upstream_credential_unavailable", "The gateway could not obtain a credential for the provider. Its log says why.")
    { Detail = detail };

    public static GatewayError Internal(Exception e) => new(ErrorKind.Internal, Step.Dispatch, Party.Gateway, 500, "internal_error",
        "The gateway failed on this call. The request id identifies it in the gateway's log.")
    { Detail = e.ToString() };

    public static GatewayError Draining { get; } = new(ErrorKind.Overloaded, Step.Accept, Party.Gateway, 503, "shutting_down",
        "The gateway is shutting down; try again.")
    { RetryAfter = TimeSpan.FromSeconds(1) };

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
