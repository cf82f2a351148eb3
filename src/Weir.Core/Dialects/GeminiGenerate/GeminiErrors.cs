using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>Google's error document (google.rpc.Status as JSON): <c>{"error":{"code","message","status","details"}}</c>.</summary>
internal static class GeminiErrors
{
    public static void Write(GatewayError error, string requestId, IBufferWriter<byte> output)
    {
        using Utf8JsonWriter json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, error.HttpStatus);
        json.WriteString("message"u8, error.SafeMessage);
        json.WriteString("status"u8, StatusOf(error));
        json.WriteStartArray("details"u8);
        Begin(json, "ErrorInfo");
        json.WriteString("reason"u8, error.Code.ToUpperInvariant());
        json.WriteString("domain"u8, "weir"u8);
        json.WriteEndObject();
        Begin(json, "RequestInfo");
        json.WriteString("requestId"u8, requestId);
        json.WriteEndObject();
        if (error.RetryAfter is { } wait)
        {
            Begin(json, "RetryInfo");
            json.WriteString("retryDelay"u8, string.Create(CultureInfo.InvariantCulture, $"{wait.TotalSeconds:0.###}s"));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>As an event, or as the last element of an array that has at least one.</summary>
    public static void WriteInStream(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing)
    {
        bool isArray = framing == StreamFraming.JsonArray;
        output.Write(isArray ? ",\r\n"u8 : "data: "u8);
        Write(error, requestId, output);
        output.Write(isArray ? "\r\n]"u8 : "\r\n\r\n"u8);
    }

    private static void Begin(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("@type"u8, "type.googleapis.com/google.rpc." + type);
    }

    private static ReadOnlySpan<byte> StatusOf(GatewayError error) => error.Kind switch
    {
        ErrorKind.InvalidRequest or ErrorKind.PayloadTooLarge or ErrorKind.UpstreamRejected => "INVALID_ARGUMENT"u8,
        ErrorKind.ContentRefused => "FAILED_PRECONDITION"u8,
        ErrorKind.Authentication => "UNAUTHENTICATED"u8,
        ErrorKind.PermissionDenied => "PERMISSION_DENIED"u8,
        ErrorKind.NotFound => "NOT_FOUND"u8,
        ErrorKind.RateLimited or ErrorKind.BudgetExceeded => "RESOURCE_EXHAUSTED"u8,
        ErrorKind.Overloaded => "UNAVAILABLE"u8,
        ErrorKind.UpstreamTimeout => "DEADLINE_EXCEEDED"u8,
        ErrorKind.ClientGone => "CANCELLED"u8,
        ErrorKind.UpstreamFailed when error.HttpStatus is 502 or 503 => "UNAVAILABLE"u8,
        _ => "INTERNAL"u8,
    };
}
