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

    /// <summary>Refused rather than left out: a caller that sends a label believes that it counts.</summary>
    public static GatewayError LabelNotAllowed(string label) => new(ErrorKind.PermissionDenied, Step.Identify, Party.Client, 403, "label_not_allowed",
        $"Your key may not set the label '{Shorten(label)}' to this value. Leave it out, or ask for a key that allows it.");

    public static GatewayError BadLabel { get; } = new(ErrorKind.InvalidRequest, Step.Identify, Party.Client, 400, "invalid_labels",
        "Labels are sent as 'x-weir-labels: name=value, name=value', at most 16, each once: names of lower-case letters, digits, '-', '_' and '.', values of printable ASCII without commas.");

    public static GatewayError BodyTooLarge(long limit) => new(ErrorKind.PayloadTooLarge, Step.Read, Party.Client, 413, "body_too_large",
        string.Create(CultureInfo.InvariantCulture, $"The request body is larger than the {limit:N0} bytes this gateway accepts. Send less, or raise server.limits.maxBody."));

    public static GatewayError UploadTooLarge(long limit) => new(ErrorKind.PayloadTooLarge, Step.Read, Party.Client, 413, "body_too_large",
        string.Create(CultureInfo.InvariantCulture, $"The upload is larger than the {limit:N0} bytes this gateway accepts. Send less, or raise server.limits.maxUpload."));

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

    public static GatewayError NoSuchObject(string kind, string id) => new(ErrorKind.NotFound, Step.Route, Party.Client, 404, "object_not_found",
        $"No such {kind.Replace('_', ' ')}: '{Shorten(id)}'. Objects are seen by the tenant that made them through this gateway.")
    { Param = "id" };

    public static GatewayError ObjectsApart(string id) => new(ErrorKind.InvalidRequest, Step.Route, Party.Client, 400, "objects_apart",
        $"'{Shorten(id)}' is at another provider than the other objects of this call.")
    { Param = "id" };

    public static GatewayError ListTooLong(int pages) => new(ErrorKind.UpstreamFailed, Step.Relay, Party.Operator, 502, "object_list_too_long",
        $"None of the first {pages} pages of the provider's list from here on holds an object of yours. The account is shared by too many objects to list yours.");

    /// <summary>What a body names and the caller's tenant does not have. In the words of the API, so that nobody learns whether others have it.</summary>
    public static GatewayError NoSuchReference(string kind, string id) => kind == "response"
        ? new(ErrorKind.InvalidRequest, Step.Route, Party.Client, 400, "previous_response_not_found", $"Previous response with id '{Shorten(id)}' not found.") { Param = "previous_response_id" }
        : NoSuchObject(kind, id) with { Param = kind + "_id" };

    public static GatewayError ReferenceElsewhere(string kind, string id, string model) => new(ErrorKind.InvalidRequest, Step.Route, Party.Client, 400, "objects_apart",
        $"The {kind.Replace('_', ' ')} '{Shorten(id)}' is at a provider that does not serve the model '{Shorten(model)}'.");

    public static GatewayError CredentialGone(string provider) => new(ErrorKind.UpstreamFailed, Step.Route, Party.Operator, 502, "credential_not_configured",
        $"The credential of '{provider}' that made this object is not configured here any more: no other one is tried, because it may belong to another account.");

    public static GatewayError BatchNotGranted { get; } = new(ErrorKind.PermissionDenied, Step.Route, Party.Client, 403, "batch_not_granted",
        "A batch names its models inside its file; only a key that may use every model can start one.");

    public static GatewayError NoSuchProvider(string name) => new(ErrorKind.InvalidRequest, Step.Route, Party.Client, 400, "unknown_provider",
        $"'{Shorten(name)}' is no provider of files and batches that your key may use.");

    public static GatewayError ProviderGone(string name) => new(ErrorKind.UpstreamFailed, Step.Route, Party.Operator, 502, "provider_not_configured",
        $"The provider '{name}' that has this object is not configured here any more, or does not serve such calls.");

    public static GatewayError ProviderNeeded(string dialect, string header, bool several) => new(ErrorKind.InvalidRequest, Step.Route, Party.Operator, 400, "provider_needed", several
        ? $"Several providers serve such calls: name one in the header {header}, or set objects.provider in the configuration."
        : $"No provider that your key may use serves such calls ({dialect}).");

    public static GatewayError UpgradeRequired { get; } = new(ErrorKind.InvalidRequest, Step.Read, Party.Client, 426, "upgrade_required",
        "This path is a WebSocket: connect with 'Upgrade: websocket' over HTTP/1.1.");

    public static GatewayError NoFirstMessage { get; } = new(ErrorKind.InvalidRequest, Step.Read, Party.Client, 400, "setup_missing",
        "The session was closed, or said nothing for 30 seconds, before its first message named a model.");

    public static GatewayError MessageTooLarge(long limit) => new(ErrorKind.PayloadTooLarge, Step.Relay, Party.Client, 413, "message_too_large",
        string.Create(CultureInfo.InvariantCulture, $"A message of the session is larger than the {limit:N0} bytes this gateway accepts (server.limits.maxMessage)."));

    public static GatewayError SessionIdle(TimeSpan limit) => new(ErrorKind.InvalidRequest, Step.Relay, Party.Client, 408, "session_idle",
        string.Create(CultureInfo.InvariantCulture, $"Nothing was said in the session for {limit.TotalSeconds:0} seconds."));

    public static GatewayError Untranslatable(string path, string reason) => new(ErrorKind.InvalidRequest, Step.Dispatch, Party.Client,
        400, "parameter_not_supported", $"'{path}' cannot be carried to the model's provider: {reason.TrimEnd('.')}. Remove it, or choose a model whose provider speaks this API natively.")
    { Param = path };

    public static GatewayError UpstreamUnreachable(string target, string detail) => new(ErrorKind.UpstreamFailed, Step.Dispatch,
        Party.Upstream, 502, "upstream_unreachable", $"No connection to '{target}' could be made.")
    { Detail = detail };

    /// <summary>A pool has more to do than calls of this priority may add to.</summary>
    public static GatewayError PoolOverloaded(string target, int waiting, TimeSpan retryAfter) => new(ErrorKind.RateLimited, Step.Dispatch, Party.Gateway, 429,
        "pool_overloaded", $"Every server behind '{target}' has {waiting} or more requests waiting, which is too many for a call of this priority. Try again later.")
    { RetryAfter = retryAfter };

    public static GatewayError UpstreamTls(string target, string detail) => new(ErrorKind.UpstreamFailed, Step.Dispatch, Party.Upstream, 502,
        "upstream_tls_failed", $"No secure connection to '{target}' could be made. The gateway's log says why.")
    { Detail = detail };

    public static GatewayError UpstreamProxy(string target, string detail) => new(ErrorKind.UpstreamFailed, Step.Dispatch, Party.Operator, 502,
        "upstream_proxy_failed", $"The gateway's forward proxy made no connection to '{target}'. The gateway's log says why.")
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

    /// <summary>A target that was to go on with an answer said something else. No fault of the target's: the model may.</summary>
    public static GatewayError ContinuationDiverged(string target, string detail) => new(ErrorKind.UpstreamFailed, Step.Relay, Party.Gateway, 502,
        "continuation_diverged", $"'{target}' did not go on from where the answer broke off: {detail}.")
    { Detail = detail };

    /// <summary>An answer in a 200 that only refuses, and was left for another target.</summary>
    public static GatewayError ContentRefused(string target, string? finish) => new(ErrorKind.ContentRefused, Step.Relay, Party.Upstream, 400,
        "content_refused", $"'{target}' refused to answer because of its content policy.")
    { Detail = $"finish reason {finish}" };

    public static GatewayError Superseded(string target) => new(ErrorKind.UpstreamFailed, Step.Dispatch, Party.Gateway, 502, "superseded",
        $"'{target}' was slower than another target that was asked beside it.");

    public static GatewayError AllResting(string model, TimeSpan? retryAfter) => new(ErrorKind.Overloaded, Step.Route, Party.Upstream, 503, "all_targets_resting",
        $"Every place that serves the model '{Shorten(model)}' is failing or asked to be left alone. Try again later.")
    { RetryAfter = retryAfter, Param = "model" };

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
