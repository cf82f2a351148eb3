using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// The <c>usage</c> object: cached and cache-written tokens are part of the input, reasoning part of the output, at every
/// server seen (wire notes §13; xAI too, other than in chat).
/// </summary>
internal struct ResponsesUsage
{
    private long _input, _output, _cached, _written, _reasoning;

    /// <summary>Reads the object the reader stands on.</summary>
    public static ResponsesUsage Read(ref Utf8JsonReader json)
    {
        var usage = new ResponsesUsage();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("input_tokens"u8))
                usage._input = Count(ref json);
            else if (json.ValueTextEquals("output_tokens"u8))
                usage._output = Count(ref json);
            else if (json.ValueTextEquals("input_tokens_details"u8) || json.ValueTextEquals("output_tokens_details"u8))
                usage.ReadDetails(ref json);
            else
                Skip(ref json);
        }

        return usage;
    }

    /// <summary>The same in disjoint classes. A part larger than its whole says nothing about it.</summary>
    public readonly Usage ToUsage(long searches, string? serviceTier)
    {
        var cached = _cached > _input ? 0 : _cached;
        var written = Math.Min(_written, _input - cached);
        var reasoning = _reasoning > _output ? 0 : _reasoning;
        return new Usage
        {
            InputUncached = _input - cached - written,
            CacheRead = cached,
            CacheWrite5m = written,
            OutputVisible = _output - reasoning,
            Reasoning = reasoning,
            SearchUnits = searches,
            ServiceTier = serviceTier,
        };
    }

    /// <summary>Writes usage as OpenAI counts it.</summary>
    public static void Write(Utf8JsonWriter json, in Usage usage)
    {
        json.WriteStartObject();
        json.WriteNumber("input_tokens"u8, usage.InputTotal);
        json.WriteStartObject("input_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, usage.CacheRead);
        json.WriteNumber("cache_write_tokens"u8, usage.CacheWrite5m + usage.CacheWrite1h);
        json.WriteEndObject();
        json.WriteNumber("output_tokens"u8, usage.OutputTotal);
        json.WriteStartObject("output_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, usage.Reasoning);
        json.WriteEndObject();
        json.WriteNumber("total_tokens"u8, usage.InputTotal + usage.OutputTotal);
        json.WriteEndObject();
    }

    private void ReadDetails(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("cached_tokens"u8))
                _cached = Count(ref json);
            else if (json.ValueTextEquals("cache_write_tokens"u8))
                _written = Count(ref json);
            else if (json.ValueTextEquals("reasoning_tokens"u8))
                _reasoning = Count(ref json);
            else
                Skip(ref json);
        }
    }

    private static long Count(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var value))
            return Math.Max(0, value);
        json.Skip();
        return 0;
    }

    private static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }
}
