using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>One content part of a message: text, or the words of a refusal.</summary>
internal sealed class OutputPart(int index, bool isRefusal)
{
    /// <summary>Place in the message's <c>content</c>.</summary>
    public int Index => index;
    public bool IsRefusal => isRefusal;
    public StringBuilder Text { get; } = new();
    public List<RawJson> Annotations { get; } = [];
    public List<RawJson> Logprobs { get; } = [];
    public bool IsDone { get; set; }

    /// <summary>The part as it stands.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (isRefusal)
        {
            json.WriteString("type"u8, "refusal"u8);
            json.WriteString("refusal"u8, Text.ToString());
        }
        else
        {
            json.WriteString("type"u8, "output_text"u8);
            WriteList(json, "annotations"u8, Annotations);
            WriteList(json, "logprobs"u8, Logprobs);
            json.WriteString("text"u8, Text.ToString());
        }

        json.WriteEndObject();
    }

    public static void WriteList(Utf8JsonWriter json, ReadOnlySpan<byte> name, List<RawJson> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteRaw(value);
        json.WriteEndArray();
    }
}
