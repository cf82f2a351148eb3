using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>The error document and the error event: <c>{"type":"error","error":{"type","message"},"request_id"}</c>.</summary>
internal static class ErrorBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document, for a body or (compact, on one line) for an event.</summary>
    public static void Write(string type, string message, string? requestId, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("type"u8, "error"u8);
        json.WriteStartObject("error"u8);
        json.WriteString("type"u8, type);
        json.WriteString("message"u8, message);
        json.WriteEndObject();
        if (requestId is null)
            json.WriteNull("request_id"u8);
        else
            json.WriteString("request_id"u8, requestId);
        json.WriteEndObject();
    }

    /// <inheritdoc cref="Write(string,string,string,IBufferWriter{byte})"/>
    public static void Write(GatewayError error, string requestId, IBufferWriter<byte> output)
        => Write(ErrorTypes.Of(error.Kind), error.SafeMessage, requestId, output);

    /// <summary>Reads the payload of an <c>error</c> event, or an error document that came with status 200. Never throws.</summary>
    public static UpstreamFailure ReadEvent(ReadOnlySpan<byte> data)
    {
        UpstreamFailure failure = ErrorBodyReader.Read(0, data);
        return failure.Status == 0 ? failure with { Status = ErrorTypes.Status(failure.Type) } : failure;
    }
}
