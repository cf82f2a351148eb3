using System.Buffers;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.TgiGenerate;

/// <summary><c>{"error":"text","error_type":"validation"}</c>.</summary>
internal static class TgiError
{
    public static void Write(string message, ErrorKind kind, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("error"u8, message);
        json.WriteString("error_type"u8, kind switch
        {
            ErrorKind.RateLimited or ErrorKind.Overloaded => "overloaded"u8,
            ErrorKind.UpstreamFailed or ErrorKind.UpstreamTimeout or ErrorKind.Internal => "generation"u8,
            _ => "validation"u8,
        });
        json.WriteEndObject();
    }
}
