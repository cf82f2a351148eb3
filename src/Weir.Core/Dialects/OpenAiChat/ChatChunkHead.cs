using System.Buffers;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>The members that all chunks of an answer begin with, spelled once: <c>data: {"id":…,"model":"…",</c>.</summary>
internal static class ChatChunkHead
{
    public static byte[] Make(string id, long created, string model)
    {
        var head = new ArrayBufferWriter<byte>(160);
        head.Write("data: "u8);
        using (var json = RawJsonExtensions.CreateWriter(head))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteString("object"u8, "chat.completion.chunk"u8);
            json.WriteNumber("created"u8, created);
            json.WriteString("model"u8, model);
        }

        head.Write(","u8);
        return head.WrittenSpan.ToArray();
    }
}
