using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Weir.Admin;

/// <summary>
/// The door of the admin listener. Host and Origin are checked on every route, also without a token: a page in the
/// operator's browser must not reach a loopback port by DNS rebinding (CVE-2025-49596, CVE-2025-64443) or by CSRF.
/// </summary>
internal sealed class AdminGuard(AdminAccess access)
{
    /// <summary>Runs <paramref name="handler"/> when the request may have it; answers 401 or 403 otherwise.</summary>
    public async Task RunAsync(HttpContext context, Protection protection, RequestDelegate handler)
    {
        // Nothing here may be cached, sniffed or framed; and no CORS header is ever sent.
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";

        if (!IsHostAllowed(context))
            await AdminResponse.ErrorAsync(context, 403, "host_not_allowed", "This host name is not served here.",
                "Use a loopback address, or add the name to the admin host allowlist.");
        else if (!IsOriginAllowed(context.Request))
            await AdminResponse.ErrorAsync(context, 403, "origin_not_allowed", "Requests from other sites are refused.",
                "Call the admin API from the command line or from its own origin.");
        else if (NeedsToken(protection) && !HasToken(context.Request))
            await RefuseAsync(context);
        else
            await HandleAsync(context, handler);
    }

    // The cause goes to the log; the caller learns that there was one, not what it was.
    private static async Task HandleAsync(HttpContext context, RequestDelegate handler)
    {
        try
        {
            await handler(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await AdminResponse.ErrorAsync(context, e.StatusCode, "bad_request", "The request could not be read.");
        }
        catch (Exception e) when (e is not OperationCanceledException && !context.Response.HasStarted)
        {
            if (context.RequestServices.GetService<ILoggerFactory>() is { } loggers)
                AdminLog.Failed(loggers.CreateLogger("Weir.Admin"), context.Request.Method, context.Request.Path, e);
            await AdminResponse.ErrorAsync(context, 500, "internal", "The gateway could not answer.", "Its log has the cause.");
        }
    }

    /// <summary>One bearer token, equal to ours.</summary>
    public bool HasToken(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var values = request.Headers.Authorization;
        return values is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && access.IsToken(value.AsSpan(Scheme.Length).Trim());
    }

    private bool NeedsToken(Protection protection) =>
        protection == Protection.Token || (protection == Protection.TokenUnlessLoopback && !access.LoopbackOnly);

    private bool IsHostAllowed(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (access.AllowedHosts.Contains(host))
            return true;
        // The literal address the connection came in on: rebinding needs a name, and probes and scrapers use the pod's address.
        return IPAddress.TryParse(host.Trim('[', ']'), out var literal) && context.Connection.LocalIpAddress is { } local
            && literal.MapToIPv6().Equals(local.MapToIPv6());
    }

    private static bool IsOriginAllowed(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"))
            return false;
        var origin = request.Headers.Origin;
        return origin.Count switch
        {
            0 => true,
            1 => string.Equals(origin[0], $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"weir admin\"";
        return AdminResponse.ErrorAsync(context, 401, "unauthorized", "The admin token is missing or wrong.",
            $"Send 'Authorization: Bearer TOKEN'; the token is in the data directory ({AdminToken.FileName}) or in {AdminToken.Variable}.");
    }
}

/// <summary>What a route asks for.</summary>
internal enum Protection { Open, TokenUnlessLoopback, Token }
