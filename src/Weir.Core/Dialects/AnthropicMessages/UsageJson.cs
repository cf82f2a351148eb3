using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Usage as Anthropic clients read it: cached input apart from <c>input_tokens</c>, thinking inside <c>output_tokens</c>.</summary>
internal static class UsageJson
{
    /// <summary>Writes the object (value only). <paramref name="whole"/> adds what only <c>message_start</c> and whole answers carry.</summary>
    public static void Write(Utf8JsonWriter json, Usage usage, bool whole)
    {
        long cacheWrite = usage.CacheWrite5m + usage.CacheWrite1h;
        json.WriteStartObject();
        json.WriteNumber("input_tokens"u8, usage.InputTotal - usage.CacheRead - cacheWrite);
        json.WriteNumber("cache_creation_input_tokens"u8, cacheWrite);
        json.WriteNumber("cache_read_input_tokens"u8, usage.CacheRead);
        if (whole || usage.CacheWrite1h > 0)
        {
            json.WriteStartObject("cache_creation"u8);
            json.WriteNumber("ephemeral_5m_input_tokens"u8, usage.CacheWrite5m);
            json.WriteNumber("ephemeral_1h_input_tokens"u8, usage.CacheWrite1h);
            json.WriteEndObject();
        }

        json.WriteNumber("output_tokens"u8, usage.OutputTotal);
        if (usage.Reasoning > 0)
        {
            json.WriteStartObject("output_tokens_details"u8);
            json.WriteNumber("thinking_tokens"u8, usage.Reasoning);
            json.WriteEndObject();
        }

        if (usage.SearchUnits > 0)
        {
            json.WriteStartObject("server_tool_use"u8);
            json.WriteNumber("web_search_requests"u8, usage.SearchUnits);
            json.WriteEndObject();
        }

        if (usage.ServiceTier is { } tier)
        {
            // The client's enumeration has three words; other vendors' tiers have no place in it.
            json.WriteString("service_tier"u8, tier is "priority" or "batch" ? tier : "standard");
            if (tier == "fast")
                json.WriteString("speed"u8, "fast"u8);
        }

        if (usage.Region is { } region)
            json.WriteString("inference_geo"u8, region);
        json.WriteEndObject();
    }
}
