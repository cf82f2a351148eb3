using System.Text.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>What one content block (of a whole answer, or as opened in a stream) says about the answer.</summary>
internal static class BlockFacts
{
    /// <summary>Starts on the opening brace and ends on the closing one.</summary>
    public static void Read(ref Utf8JsonReader reader, ResponseFacts facts)
    {
        bool textLike = false, marker = false;
        long visible = 0, reasoning = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                textLike = reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("thinking"u8);
                // Neither is content of the model: one notes a change of model, the other a summary of the past.
                marker = reader.ValueTextEquals("fallback"u8) || reader.ValueTextEquals("compaction"u8);
            }
            else if (reader.ValueTextEquals("text"u8))
                visible += NextLength(ref reader);
            else if (reader.ValueTextEquals("thinking"u8))
                reasoning += NextLength(ref reader);
            else if (reader.ValueTextEquals("input"u8))
                visible += NextLength(ref reader);
            else if (reader.ValueTextEquals("to"u8))
                ReadFallback(ref reader, facts);
            else
                UsageAccumulator.SkipValue(ref reader);
        }

        facts.OutputTextBytes += visible;
        facts.ReasoningTextBytes += reasoning;
        if (!marker && (!textLike || visible + reasoning > 0))
            facts.ContentStarted = true;
    }

    /// <summary>Bytes of the next value: the escaped text of a string, the spelling of anything else but an empty object.</summary>
    private static long NextLength(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.ValueSpan.Length;
        long start = reader.TokenStartIndex;
        reader.Skip();
        long length = reader.BytesConsumed - start;
        return length > 2 && reader.TokenType != JsonTokenType.Null ? length : 0;
    }

    /// <summary><c>fallback.to.model</c>: another model than asked for serves from here on (server-side fallback), at its own price.</summary>
    private static void ReadFallback(ref Utf8JsonReader reader, ResponseFacts facts)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isModel = reader.ValueTextEquals("model"u8);
            reader.Read();
            if (isModel && reader.TokenType == JsonTokenType.String)
                facts.ServedModel = reader.GetString();
            reader.Skip();
        }
    }
}
