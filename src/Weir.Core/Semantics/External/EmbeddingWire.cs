using System.Buffers;
using System.Text.Json;

namespace Weir.Core.Semantics.External;

/// <summary>The two JSON documents of OpenAI's embeddings API (<c>POST /v1/embeddings</c>).</summary>
internal sealed class EmbeddingWire(string model)
{
    public byte[] WriteRequest(IReadOnlyList<string> texts)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteStartArray("input");
            foreach (var text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
            json.WriteString("encoding_format", "float");
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    /// <summary>The vectors in the order of the texts, or null if there is not one for each, all of one length.</summary>
    public static float[][]? ReadReply(ReadOnlySpan<byte> json, int texts)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var reply = JsonDocument.ParseValue(ref reader);
            if (reply.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array || data.GetArrayLength() != texts)
                return null;
            var vectors = new float[texts][];
            foreach (var item in data.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object
                    || !item.TryGetProperty("index", out var index) || index.ValueKind != JsonValueKind.Number || !index.TryGetInt32(out var at)
                    || at < 0 || at >= texts || vectors[at] is not null
                    || !item.TryGetProperty("embedding", out var embedding) || embedding.ValueKind != JsonValueKind.Array || embedding.GetArrayLength() == 0
                    || embedding.EnumerateArray().Any(n => n.ValueKind != JsonValueKind.Number))
                    return null;
                vectors[at] = [.. embedding.EnumerateArray().Select(n => n.GetSingle())];
            }

            return Array.TrueForAll(vectors, v => v.Length == vectors[0].Length) ? vectors : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
