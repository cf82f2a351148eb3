using System.Buffers;
using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>Frames of the stream: <c>event:</c> and <c>data:</c>, the type in both.</summary>
internal static class CohereEvents
{
    public static void Write(ReadOnlySpan<byte> type, Action<Utf8JsonWriter> members, IBufferWriter<byte> output)
    {
        output.Write("event: "u8);
        output.Write(type);
        output.Write("\ndata: "u8);
        using (var json = RawJsonExtensions.CreateWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            members(json);
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    public static void WriteFailure(string message, IBufferWriter<byte> output) => Write("message-end"u8, json =>
    {
        json.WriteStartObject("delta"u8);
        json.WriteString("error"u8, message);
        json.WriteString("finish_reason"u8, "ERROR"u8);
        json.WriteEndObject();
    }, output);
}
