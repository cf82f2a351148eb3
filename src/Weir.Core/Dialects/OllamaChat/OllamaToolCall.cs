using System.Text;
using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>One entry of <c>tool_calls</c>. Arguments are an object here; text that is none goes under <c>_raw_arguments</c>, so that nothing is lost.</summary>
internal static class OllamaToolCall
{
    public static void Write(Utf8JsonWriter json, string id, string name, string arguments)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, name);
        var utf8 = Encoding.UTF8.GetBytes(arguments);
        json.WritePropertyName("arguments"u8);
        if (RawJsonExtensions.IsJsonObject(utf8))
        {
            // One line: in a stream a line break ends the document. Raw breaks stand between tokens only.
            json.WriteRaw(new Canon.RawJson(utf8.AsMemory().Trim(" \t\r\n"u8)).OnOneLine());
        }
        else
        {
            json.WriteStartObject();
            if (!string.IsNullOrWhiteSpace(arguments))
                json.WriteString("_raw_arguments"u8, arguments);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
