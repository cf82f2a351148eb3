using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>Log probabilities between Google's shape (chosen and top candidates in two lists) and the one that crosses dialects (<c>content</c>: a token with its alternatives).</summary>
internal static class LogprobsShape
{
    /// <summary>Google's <c>logprobsResult</c>, or empty when it names no token.</summary>
    public static RawJson ToCanon(JsonElement result)
    {
        JsonElement[] chosen = [.. result.ItemsOf("chosenCandidates")];
        if (chosen.Length == 0)
            return default;
        JsonElement[] top = [.. result.ItemsOf("topCandidates")];
        var output = new ArrayBufferWriter<byte>(256);
        using (Utf8JsonWriter json = RawJsonExtensions.CreateWriter(output))
        {
            json.WriteStartObject();
            json.WriteStartArray("content"u8);
            for (int i = 0; i < chosen.Length; i++)
            {
                Begin(json, chosen[i]);
                json.WriteStartArray("top_logprobs"u8);
                foreach (JsonElement other in i < top.Length ? top[i].ItemsOf("candidates") : [])
                {
                    Begin(json, other);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new RawJson(output.WrittenMemory);
    }

    /// <summary>Writes <c>logprobsResult</c> (with its name); nothing when the shape is not understood.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<RawJson> parts)
    {
        var tokens = new List<JsonElement>();
        foreach (RawJson part in parts)
        {
            using JsonDocument document = JsonDocument.Parse(part.Utf8);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                tokens.AddRange(document.RootElement.ItemsOf("content").Where(t => t.ValueKind == JsonValueKind.Object).Select(t => t.Clone()));
        }

        if (tokens.Count == 0)
            return;
        json.WriteStartObject("logprobsResult"u8);
        json.WriteStartArray("chosenCandidates"u8);
        foreach (JsonElement token in tokens)
            Candidate(json, token);
        json.WriteEndArray();
        json.WriteStartArray("topCandidates"u8);
        foreach (JsonElement token in tokens)
        {
            json.WriteStartObject();
            json.WriteStartArray("candidates"u8);
            foreach (JsonElement other in token.ItemsOf("topLogprobs"))
                Candidate(json, other);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, JsonElement candidate)
    {
        json.WriteStartObject();
        json.WriteString("token"u8, candidate.TextOf("token") ?? "");
        Number(json, "logprob"u8, candidate, "logProbability");
        json.WriteNull("bytes"u8);
    }

    private static void Candidate(Utf8JsonWriter json, JsonElement token)
    {
        json.WriteStartObject();
        json.WriteString("token"u8, token.TextOf("token") ?? "");
        Number(json, "logProbability"u8, token, "logprob");
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, JsonElement from, string field)
    {
        json.WritePropertyName(name);
        if (from.TryField(field, out JsonElement value) && value.ValueKind == JsonValueKind.Number)
            json.WriteRaw(value.RawCopy());
        else
            json.WriteNumberValue(0);
    }
}
