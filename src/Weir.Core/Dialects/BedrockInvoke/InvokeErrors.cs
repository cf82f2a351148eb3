using System.Buffers;
using Weir.Core.Dialects.EventStream;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.BedrockInvoke;

/// <summary>Bedrock's errors: <c>{"message", "__type"}</c>; in a stream an exception message.</summary>
internal static class InvokeErrors
{
    public static void Write(GatewayError error, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("message"u8, error.SafeMessage);
        json.WriteString("__type"u8, error.Kind switch
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
        });
        json.WriteEndObject();
    }

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
            ErrorKind.UpstreamFailed => "modelStreamErrorException",
            ErrorKind.UpstreamTimeout => "modelTimeoutException",
            ErrorKind.Internal => "internalServerException",
            _ => "validationException",
        }, payload.WrittenSpan, output);
    }
}
