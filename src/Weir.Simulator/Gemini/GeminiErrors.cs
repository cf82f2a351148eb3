using Microsoft.AspNetCore.Http;
using System.Globalization;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Gemini;

/// <summary>Error bodies and credentials of the Gemini API.</summary>
internal static class GeminiErrors
{
    public static void Authenticate(HttpRequest request, string? requiredKey)
    {
        var key = request.Headers["x-goog-api-key"].ToString();
        if (key.Length == 0)
        {
            key = request.Query["key"].ToString();
        }

        if (key.Length == 0)
        {
            var bearer = request.Headers.Authorization.ToString();
            key = bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? bearer[7..].Trim() : "";
        }

        if (key.Length == 0 || (requiredKey is not null && key != requiredKey))
        {
            throw new ApiFault(401, "API key not valid. Please pass a valid API key.");
        }
    }

    public static void Write(ApiFault fault, EventBuffer to)
    {
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteNumber("code", fault.Status);
        json.WriteString("message", fault.Message);
        json.WriteString("status", fault.Type ?? fault.Status switch
        {
            400 => "INVALID_ARGUMENT",
            401 => "UNAUTHENTICATED",
            403 => "PERMISSION_DENIED",
            404 => "NOT_FOUND",
            429 => "RESOURCE_EXHAUSTED",
            499 => "CANCELLED",
            503 => "UNAVAILABLE",
            504 => "DEADLINE_EXCEEDED",
            >= 500 => "INTERNAL",
            _ => "UNKNOWN",
        });

        // This service says in the body, not in a header, when to come back.
        if (fault.RetryAfter is { } wait)
        {
            json.WriteStartArray("details");
            json.WriteStartObject();
            json.WriteString("@type", "type.googleapis.com/google.rpc.RetryInfo");
            json.WriteString("retryDelay", wait.EndsWith("ms", StringComparison.Ordinal)
                ? string.Create(CultureInfo.InvariantCulture, $"{decimal.Parse(wait[..^2], CultureInfo.InvariantCulture) / 1000}s")
                : wait.TrimEnd('s') + "s");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        to.EndJson();
    }
}
