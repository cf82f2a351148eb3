using System.Buffers;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.ErrorBodies;

/// <summary>OpenAI's error document: always the four keys message, type, param, code (wire notes §1).</summary>
public static class OpenAiErrorBody
{
    public static void Write(GatewayError error, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.SafeMessage);
        json.WriteString("type"u8, TypeOf(error.Kind));
        json.WriteString("param"u8, error.Param);
        json.WriteString("code"u8, error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>OpenAI's word for the class of failure; its SDKs choose the exception by status, people read this.</summary>
    public static string TypeOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Authentication => "authentication_error",
        ErrorKind.PermissionDenied => "permission_error",
        ErrorKind.RateLimited => "rate_limit_error",
        ErrorKind.BudgetExceeded => "insufficient_quota",
        ErrorKind.Overloaded or ErrorKind.UpstreamFailed or ErrorKind.UpstreamTimeout or ErrorKind.Internal => "server_error",
        _ => "invalid_request_error",
    };
}
