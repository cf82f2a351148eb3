using System.Text.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Tokens of the <c>compaction</c> entries of <c>usage.iterations</c>, which the top-level counters leave out.</summary>
internal readonly record struct CompactionTotals(long Input, long CacheRead, long CacheWrite, long Output)
{
    /// <summary>Reads the value after the <c>iterations</c> name; the reader ends on its last token.</summary>
    public static CompactionTotals Read(ref Utf8JsonReader reader)
    {
        CompactionTotals sum = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return sum;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (ReadEntry(ref reader) is { } entry)
            {
                sum = new CompactionTotals(sum.Input + entry.Input, sum.CacheRead + entry.CacheRead,
                    sum.CacheWrite + entry.CacheWrite, sum.Output + entry.Output);
            }
        }

        return sum;
    }

    private static CompactionTotals? ReadEntry(ref Utf8JsonReader reader)
    {
        long input = 0, cacheRead = 0, cacheWrite = 0, output = 0;
        bool isCompaction = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("input_tokens"u8)) UsageAccumulator.Take(ref reader, ref input);
            else if (reader.ValueTextEquals("output_tokens"u8)) UsageAccumulator.Take(ref reader, ref output);
            else if (reader.ValueTextEquals("cache_read_input_tokens"u8)) UsageAccumulator.Take(ref reader, ref cacheRead);
            else if (reader.ValueTextEquals("cache_creation_input_tokens"u8)) UsageAccumulator.Take(ref reader, ref cacheWrite);
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                isCompaction = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("compaction"u8);
                reader.Skip();
            }
            else UsageAccumulator.SkipValue(ref reader);
        }

        return isCompaction ? new CompactionTotals(input, cacheRead, cacheWrite, output) : null;
    }
}
