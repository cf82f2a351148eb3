using System.Buffers;
using Weir.Core.Dialects.EventStream;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>
/// Bedrock's errors: a document <c>{"message"}</c> whose type AWS puts into a header and clients also read from
/// <c>__type</c>; in a stream an exception message.
/// </summary>
internal static class ExceptionBody
{
    public static void Write(GatewayError error, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("message"u8, error.SafeMessage);
        json.WriteString("__type"u8, TypeOf(error.Kind));
        json.WriteEndObject();
    }

    /// <summary>The five exceptions a stream may hold.</summary>
    public static void WriteEvent(GatewayError error, IBufferWriter<byte> output)
    {
        var payload = new ArrayBufferWriter<byte>(256);
        using (var json = RawJsonExtensions.CreateWriter(payload))
        {
            json.WriteStartObject();
            json.WriteString("message"u8, error.SafeMessage);
            json.WriteEndObject();
        }
        EventStreamWriter.WriteException(error.Kind switch
        {
            ErrorKind.RateLimited or ErrorKind.BudgetExceeded => "throttlingException",
            ErrorKind.Overloaded => "serviceUnavailableException",
            ErrorKind.UpstreamFailed or ErrorKind.UpstreamTimeout => "modelStreamErrorException",
            ErrorKind.Internal => "internalServerException",
            _ => "validationException",
        }, payload.WrittenSpan, output);
    }

    /// <summary>Reads the payload of an exception message. Never throws.</summary>
    public static UpstreamFailure Read(in Frame frame)
    {
        var type = System.Text.Encoding.UTF8.GetString(frame.EventName);
        var failure = ErrorBodies.ErrorBodyReader.Read(0, frame.Data);
        var message = failure.Message ?? System.Text.Encoding.UTF8.GetString(EventStreamFramer.Header(frame, ":error-message"u8));
        return new UpstreamFailure(StatusOf(type), type, null, message.Length == 0 ? null : message);
    }

    private static int StatusOf(string type) => type switch
    {
        _ when Is(type, "throttling") => 429,
        _ when Is(type, "validation") => 400,
        _ when Is(type, "serviceUnavailable") => 503,
        _ when Is(type, "modelTimeout") => 408,
        _ when Is(type, "modelStreamError") => 424,
        _ => 500,
    };

    private static bool Is(string type, string word) => type.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static string TypeOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Authentication => "UnrecognizedClientException",
        ErrorKind.PermissionDenied => "AccessDeniedException",
        ErrorKind.NotFound => "ResourceNotFoundException",
        ErrorKind.RateLimited => "ThrottlingException",
        ErrorKind.BudgetExceeded => "ServiceQuotaExceededException",
        ErrorKind.Overloaded => "ServiceUnavailableException",
        ErrorKind.UpstreamTimeout => "ModelTimeoutException",
        ErrorKind.UpstreamFailed => "ModelErrorException",
        ErrorKind.Internal => "InternalServerException",
        _ => "ValidationException",
    };
}
