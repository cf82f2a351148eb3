using System.Buffers;
using System.Text.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>The answer of <c>POST /v1/messages/count_tokens</c>: <c>{"input_tokens":N}</c>. Counting costs nothing.</summary>
public static class CountTokensBody
{
    /// <summary>Writes the answer for <paramref name="inputTokens"/> prompt tokens.</summary>
    public static void Write(long inputTokens, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("input_tokens"u8, inputTokens);
        json.WriteEndObject();
    }

    /// <summary>Reads an upstream's answer; false for any other document. Never throws.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out long inputTokens)
    {
        inputTokens = 0;
        bool found = false;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                // A message has a type; a count has none.
                if (reader.ValueTextEquals("type"u8))
                    return false;
                bool isCount = reader.ValueTextEquals("input_tokens"u8);
                reader.Read();
                found |= isCount && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out inputTokens);
                reader.Skip();
            }

            return found && reader.TokenType == JsonTokenType.EndObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
