using System.Buffers;
using Weir.Core.Dialects.EventStream;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.ErrorBodies;

/// <summary>
/// Errors of Bedrock's APIs: a document <c>{"message"}</c> whose type AWS puts into a header and clients also read from
/// <c>__type</c>; in a stream an exception message.
/// </summary>
internal static class BedrockErrorBody
{
    public static void Write(GatewayError error, IBufferWriter<byte> output) => WriteDocument(error, TypeOf(error.Kind), output);

    /// <summary>Writes the end of a stream.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="timeoutType">What the API's streams call a model that took too long: InvokeModel has a word of its own, Converse has not.</param>
    /// <param name="output">The stream.</param>
    public static void WriteEvent(GatewayError error, string timeoutType, IBufferWriter<byte> output)
    {
        var payload = new ArrayBufferWriter<byte>(256);
        WriteDocument(error, null, payload);
        EventStreamWriter.WriteException(error.Kind switch
        {
            ErrorKind.RateLimited or ErrorKind.BudgetExceeded => "throttlingException",
            ErrorKind.Overloaded => "serviceUnavailableException",
            ErrorKind.UpstreamFailed => "modelStreamErrorException",
            ErrorKind.UpstreamTimeout => timeoutType,
            ErrorKind.Internal => "internalServerException",
            _ => "validationException",
        }, payload.WrittenSpan, output);
    }

    private static void WriteDocument(GatewayError error, string? type, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("message"u8, error.SafeMessage);
        if (type is not null)
            json.WriteString("__type"u8, type);
        json.WriteEndObject();
    }

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
