using System.Collections.Frozen;

namespace Weir.Core.Upstream;

/// <summary>Which header fields cross the gateway, in each direction.</summary>
public static class HeaderPolicy
{
    // Hop-by-hop (RFC 9110 §7.6.1), credentials, what we set ourselves, what names the client's network, account selectors
    // of somebody else's account.
    private static readonly FrozenSet<string> NeverUp = new[]
    {
        "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
        "upgrade", "host", "content-length", "content-type", "accept-encoding", "expect", "authorization", "x-api-key", "x-goog-api-key",
        "api-key", "cookie", "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via",
        "openai-organization", "openai-project", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256", "traceparent", "tracestate", "baggage", "origin", "referer",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> NeverDown = new[]
    {
        "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "te", "trailer", "transfer-encoding", "upgrade",
        "content-length", "content-encoding", "content-type", "set-cookie", "server", "date", "alt-svc", "strict-transport-security",
        "via", "nel", "report-to", "openai-organization", "openai-project", "anthropic-organization-id",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True when a client's header goes to a same-dialect upstream.</summary>
    public static bool GoesUp(string name) =>
        !NeverUp.Contains(name) && !name.StartsWith("x-weir-", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith(':') && !name.StartsWith("sec-", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when an upstream's header goes to the client.</summary>
    public static bool GoesDown(string name) =>
        !NeverDown.Contains(name) && !name.StartsWith("x-weir-", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("cf-", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("access-control-", StringComparison.OrdinalIgnoreCase);
}
