using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>An upstream's error inside its stream, told in this dialect. No <c>[DONE]</c> follows: the answer is cut.</summary>
internal static class ChatErrorEvent
{
    public static void Write(ModelEvent.Error error, IBufferWriter<byte> output)
    {
        output.Write("data: "u8);
        WriteDocument(error, output);
        output.Write("\n\n"u8);
    }

    public static void WriteDocument(ModelEvent.Error error, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, error.Type ?? "server_error");
        json.WriteNull("param"u8);
        json.WriteString("code"u8, error.Type ?? "upstream_error");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
