using System.Buffers;
using Weir.Core.Dialects.Sse;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>The <c>error</c> event that ends a stream which cannot be completed.</summary>
internal static class StreamError
{
    public static void Write(string type, string message, string? requestId, IBufferWriter<byte> output)
    {
        var payload = new ArrayBufferWriter<byte>(256);
        ErrorBody.Write(type, message, requestId, payload);
        SseWriter.WriteEvent(output, "error"u8, payload.WrittenSpan);
    }
}
