using System.Buffers;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>Ollama's error document, also a line of a stream: <c>{"error":"text"}</c>.</summary>
internal static class OllamaError
{
    public static void Write(string message, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("error"u8, message);
        json.WriteEndObject();
    }
}
