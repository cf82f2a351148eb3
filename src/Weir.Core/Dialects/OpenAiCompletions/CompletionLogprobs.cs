using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiCompletions;

/// <summary>Log probabilities in the older shape: four arrays side by side, offsets in characters of the text.</summary>
internal sealed class CompletionLogprobs
{
    private int _offset;

    /// <summary>Writes the <c>logprobs</c> value of a chat entry list (<c>{content:[{token,logprob,top_logprobs}]}</c>); null when it is none.</summary>
    public void Write(Utf8JsonWriter json, RawJson chat)
    {
        var entries = chat.IsEmpty ? [] : JsonElements.Parse(chat.Utf8.Span) is { } parsed ? parsed.Items("content"u8).ToList() : [];
        if (entries.Count == 0)
        {
            json.WriteNull("logprobs"u8);
            return;
        }

        json.WriteStartObject("logprobs"u8);
        json.WriteStartArray("tokens"u8);
        foreach (var entry in entries)
            json.WriteStringValue(entry.Text("token"u8) ?? "");
        json.WriteEndArray();
        json.WriteStartArray("token_logprobs"u8);
        foreach (var entry in entries)
            WriteNumber(json, entry);
        json.WriteEndArray();
        json.WriteStartArray("top_logprobs"u8);
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            foreach (var top in entry.Items("top_logprobs"u8))
            {
                json.WritePropertyName(top.Text("token"u8) ?? "");
                WriteNumber(json, top);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("text_offset"u8);
        foreach (var entry in entries)
        {
            json.WriteNumberValue(_offset);
            _offset += (entry.Text("token"u8) ?? "").Length;
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, JsonElement entry)
    {
        if (entry.Member("logprob"u8) is { ValueKind: JsonValueKind.Number } number)
            number.WriteTo(json);
        else
            json.WriteNullValue();
    }
}
