using System.Text.Json;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>Pieces that stream and document share.</summary>
internal static class CohereAnswer
{
    /// <summary>A call; within an object, or (with an empty name) within an array.</summary>
    public static void WriteCall(Utf8JsonWriter json, ReadOnlySpan<byte> name, string id, string function, string arguments)
    {
        if (name.IsEmpty)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        json.WriteString("id"u8, id);
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, function);
        json.WriteString("arguments"u8, arguments);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
