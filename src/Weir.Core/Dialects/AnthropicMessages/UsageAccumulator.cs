using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// Anthropic's usage objects, one after the other: a later value overrides an earlier one, nothing is added up
/// (<c>message_delta</c> counters are cumulative). <c>input_tokens</c> leaves cached tokens out; <c>output_tokens</c>
/// includes thinking. One exception the API documents: tokens of a <c>compaction</c> entry in <c>iterations</c> are billed
/// but not part of the top-level counters, so they are counted on top (@anthropic-ai/sdk 1.11.0, beta usage types).
/// </summary>
internal sealed class UsageAccumulator
{
    private long _input, _cacheRead, _output, _thinking, _searches;
    private long? _cacheWrite;
    private long _cacheWrite5m, _cacheWrite1h;
    private CompactionTotals _compaction;
    private string? _tier, _region;
    private bool _fast;

    /// <summary>Starts over (a new <c>message_start</c>).</summary>
    public void Clear()
    {
        _input = _cacheRead = _output = _thinking = _searches = _cacheWrite5m = _cacheWrite1h = 0;
        _cacheWrite = null;
        _compaction = default;
        _tier = _region = null;
        _fast = false;
    }

    /// <summary>Takes over what the object at the reader's position names; the reader ends on its closing brace.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("input_tokens"u8)) Take(ref reader, ref _input);
            else if (reader.ValueTextEquals("output_tokens"u8)) Take(ref reader, ref _output);
            else if (reader.ValueTextEquals("cache_read_input_tokens"u8)) Take(ref reader, ref _cacheRead);
            else if (reader.ValueTextEquals("cache_creation_input_tokens"u8)) TakeCacheWrite(ref reader);
            else if (reader.ValueTextEquals("cache_creation"u8)) ReadCacheCreation(ref reader);
            else if (reader.ValueTextEquals("output_tokens_details"u8)) ReadOne(ref reader, "thinking_tokens"u8, ref _thinking);
            else if (reader.ValueTextEquals("server_tool_use"u8)) ReadOne(ref reader, "web_search_requests"u8, ref _searches);
            else if (reader.ValueTextEquals("service_tier"u8)) TakeText(ref reader, ref _tier);
            else if (reader.ValueTextEquals("inference_geo"u8)) TakeText(ref reader, ref _region);
            else if (reader.ValueTextEquals("speed"u8)) TakeSpeed(ref reader);
            else if (reader.ValueTextEquals("iterations"u8)) _compaction = CompactionTotals.Read(ref reader);
            else SkipValue(ref reader);
        }
    }

    /// <summary>The counters as disjoint classes.</summary>
    public Usage ToUsage()
    {
        long writes = _cacheWrite ?? _cacheWrite5m + _cacheWrite1h;
        long writes1h = Math.Min(_cacheWrite1h, writes);
        long thinking = Math.Min(_thinking, _output);
        return new Usage
        {
            InputUncached = _input + _compaction.Input,
            CacheRead = _cacheRead + _compaction.CacheRead,
            CacheWrite5m = writes - writes1h + _compaction.CacheWrite,
            CacheWrite1h = writes1h,
            OutputVisible = _output - thinking + _compaction.Output,
            Reasoning = thinking,
            SearchUnits = _searches,
            ServiceTier = _fast ? "fast" : _tier,
            Region = _region is "not_available" or "" ? null : _region,
        };
    }

    private void TakeCacheWrite(ref Utf8JsonReader reader)
    {
        long value = -1;
        Take(ref reader, ref value);
        if (value >= 0)
            _cacheWrite = value;
    }

    private void ReadCacheCreation(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("ephemeral_5m_input_tokens"u8)) Take(ref reader, ref _cacheWrite5m);
            else if (reader.ValueTextEquals("ephemeral_1h_input_tokens"u8)) Take(ref reader, ref _cacheWrite1h);
            else SkipValue(ref reader);
        }
    }

    private static void ReadOne(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ref long value)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name)) Take(ref reader, ref value);
            else SkipValue(ref reader);
        }
    }

    private void TakeSpeed(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            return;
        if (reader.TokenType == JsonTokenType.String)
            _fast = reader.ValueTextEquals("fast"u8);
        else
            reader.Skip();
    }

    /// <summary>Overrides only by a number: <c>null</c> means "not restated". Absurd values are ignored.</summary>
    internal static void Take(ref Utf8JsonReader reader, ref long value)
    {
        if (!reader.Read())
            return;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) && number is >= 0 and < 1L << 48)
            value = number;
        else
            reader.Skip();
    }

    internal static void SkipValue(ref Utf8JsonReader reader)
    {
        if (reader.Read())
            reader.Skip();
    }

    private static void TakeText(ref Utf8JsonReader reader, ref string? value)
    {
        if (!reader.Read())
            return;
        if (reader.TokenType == JsonTokenType.String)
            value = KnownText(ref reader);
        else
            reader.Skip();
    }

    /// <summary>The words that come with nearly every answer cost no allocation.</summary>
    private static string KnownText(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("standard"u8)) return "standard";
        if (reader.ValueTextEquals("priority"u8)) return "priority";
        if (reader.ValueTextEquals("not_available"u8)) return "not_available";
        return reader.GetString() ?? "";
    }
}
