using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>
/// Cohere counts twice: <c>tokens</c> is what went through the model (with its hidden preamble, of which most is cached),
/// <c>billed_units</c> is what is paid for. The bill counts (wire notes §8).
/// </summary>
internal static class CohereUsage
{
    public static Usage Read(JsonElement usage)
    {
        var billed = usage.Object("billed_units"u8);
        var counts = billed ?? usage.Object("tokens"u8) ?? default;
        return new Usage
        {
            InputUncached = Math.Max(0, counts.Whole("input_tokens"u8) ?? 0),
            InputImage = Math.Max(0, counts.Whole("image_tokens"u8) ?? 0),
            OutputVisible = Math.Max(0, counts.Whole("output_tokens"u8) ?? 0),
            SearchUnits = Math.Max(0, counts.Whole("search_units"u8) ?? 0),
        };
    }

    public static void Write(Utf8JsonWriter json, in Usage usage)
    {
        json.WriteStartObject("usage"u8);
        json.WriteStartObject("billed_units"u8);
        WriteCounts(json, usage);
        json.WriteEndObject();
        json.WriteStartObject("tokens"u8);
        WriteCounts(json, usage);
        json.WriteEndObject();
        json.WriteNumber("cached_tokens"u8, usage.CacheRead);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, in Usage usage)
    {
        json.WriteNumber("input_tokens"u8, usage.InputTotal);
        json.WriteNumber("output_tokens"u8, usage.OutputTotal);
    }
}
