using Microsoft.AspNetCore.Http;
using System.Globalization;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Anthropic;

/// <summary>Error bodies, credentials and headers common to the Anthropic endpoints.</summary>
internal static class AnthropicErrors
{
    public static void Authenticate(HttpRequest request, string? requiredKey)
    {
        var key = request.Headers["x-api-key"].ToString();
        if (key.Length == 0)
        {
            var bearer = request.Headers.Authorization.ToString();
            key = bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? bearer[7..].Trim() : "";
        }

        if (key.Length == 0)
        {
            throw new ApiFault(401, "x-api-key header is required");
        }

        if (requiredKey is not null && key != requiredKey)
        {
            throw new ApiFault(401, "invalid x-api-key");
        }

        if (request.Headers["anthropic-version"].ToString().Length == 0)
        {
            throw ApiFault.Invalid("anthropic-version: header is required");
        }
    }

    public static void Write(ApiFault fault, string? requestId, EventBuffer to)
    {
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", fault.Type ?? fault.Status switch
        {
            401 => "authentication_error",
            402 => "billing_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            504 => "timeout_error",
            529 => "overloaded_error",
            >= 500 => "api_error",
            _ => "invalid_request_error",
        });
        json.WriteString("message", fault.Message);
        json.WriteEndObject();
        if (requestId is not null)
        {
            json.WriteString("request_id", requestId);
        }

        json.WriteEndObject();
        to.EndJson();
    }

    public static void SetHeaders(IHeaderDictionary headers, int status, string requestId, long input, DateTimeOffset now)
    {
        headers["request-id"] = requestId;
        headers["anthropic-organization-id"] = "00000000-0000-4000-8000-000000000000";
        Limit(headers, "requests", 4_000, status == 429 ? 0 : 3_999, now);
        Limit(headers, "input-tokens", 2_000_000, 2_000_000 - input, now);
        Limit(headers, "output-tokens", 400_000, 400_000, now);
        Limit(headers, "tokens", 2_400_000, 2_400_000 - input, now);
    }

    private static void Limit(IHeaderDictionary headers, string unit, long limit, long remaining, DateTimeOffset now)
    {
        headers[$"anthropic-ratelimit-{unit}-limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers[$"anthropic-ratelimit-{unit}-remaining"] = Math.Max(0, remaining).ToString(CultureInfo.InvariantCulture);
        headers[$"anthropic-ratelimit-{unit}-reset"] = now.AddSeconds(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
