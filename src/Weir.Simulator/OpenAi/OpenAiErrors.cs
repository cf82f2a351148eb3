using Microsoft.AspNetCore.Http;
using System.Globalization;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.OpenAi;

/// <summary>Error bodies, credentials and headers common to the OpenAI endpoints.</summary>
internal static class OpenAiErrors
{
    public static void Authenticate(HttpRequest request, string? requiredKey)
    {
        var key = request.Headers["api-key"].ToString();
        if (key.Length == 0)
        {
            var bearer = request.Headers.Authorization.ToString();
            key = bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? bearer[7..].Trim() : "";
        }

        if (key.Length == 0)
        {
            throw new ApiFault(401, "You didn't provide an API key. Provide it in the Authorization header as a bearer token.");
        }

        if (requiredKey is not null && key != requiredKey)
        {
            throw new ApiFault(401, "Incorrect API key provided.", code: "invalid_api_key");
        }
    }

    public static void Write(ApiFault fault, EventBuffer to)
    {
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", fault.Message);
        json.WriteString("type", fault.Type ?? fault.Status switch
        {
            402 => "billing_error",
            429 => "requests",
            >= 500 => "server_error",
            _ => "invalid_request_error",
        });
        json.WriteString("param", fault.Param);
        json.WriteString("code", fault.Code ?? fault.Status switch
        {
            402 => "insufficient_quota",
            404 => "model_not_found",
            429 => "rate_limit_exceeded",
            _ => null,
        });
        json.WriteEndObject();
        json.WriteEndObject();
        to.EndJson();
    }

    public static void SetHeaders(IHeaderDictionary headers, int status, string requestId, long input)
    {
        const int Requests = 10_000;
        const int Tokens = 30_000_000;
        headers["x-request-id"] = requestId;
        headers["openai-organization"] = "org-simulated";
        headers["openai-version"] = "2020-10-01";
        headers["openai-processing-ms"] = "1";
        headers["x-ratelimit-limit-requests"] = Text(Requests);
        headers["x-ratelimit-limit-tokens"] = Text(Tokens);
        headers["x-ratelimit-remaining-requests"] = Text(status == 429 ? 0 : Requests - 1);
        headers["x-ratelimit-remaining-tokens"] = Text(Math.Max(0, Tokens - input));
        headers["x-ratelimit-reset-requests"] = "6ms";
        headers["x-ratelimit-reset-tokens"] = "0s";
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
