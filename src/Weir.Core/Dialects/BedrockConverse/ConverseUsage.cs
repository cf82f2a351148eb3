using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>
/// Usage both ways. Input leaves cached tokens out, and the total is the sum of all four counters; models for which the
/// input includes them are told by a total that the sum exceeds by just that much (wire notes §6).
/// </summary>
internal static class ConverseUsage
{
    /// <param name="usage">The <c>usage</c> object.</param>
    /// <param name="tier">Service tier the answer names, or null.</param>
    public static Usage Read(JsonElement usage, string? tier)
    {
        var input = usage.Whole("inputTokens"u8) ?? 0;
        var output = usage.Whole("outputTokens"u8) ?? 0;
        var read = usage.Whole("cacheReadInputTokens"u8) ?? usage.Whole("cacheReadInputTokenCount"u8) ?? 0;
        var write = usage.Whole("cacheWriteInputTokens"u8) ?? usage.Whole("cacheWriteInputTokenCount"u8) ?? 0;
        if (usage.Whole("totalTokens"u8) is { } total)
        {
            var excess = input + output + read + write - total;
            if (excess > 0 && excess <= input && (excess == read || excess == write || excess == read + write))
                input -= excess;
        }
        var hour = Math.Min(write, usage.Items("cacheDetails"u8).Where(d => d.Text("ttl"u8) == "1h").Sum(d => d.Whole("inputTokens"u8) ?? 0));
        return new Usage
        {
            InputUncached = input,
            CacheRead = read,
            CacheWrite5m = write - hour,
            CacheWrite1h = hour,
            OutputVisible = output,
            ServiceTier = tier,
        };
    }

    public static void Write(Utf8JsonWriter json, in Usage usage)
    {
        var write = usage.CacheWrite5m + usage.CacheWrite1h;
        json.WriteStartObject("usage"u8);
        json.WriteNumber("inputTokens"u8, usage.InputTotal - usage.CacheRead - write);
        json.WriteNumber("outputTokens"u8, usage.OutputTotal);
        json.WriteNumber("totalTokens"u8, usage.InputTotal + usage.OutputTotal);
        json.WriteNumber("cacheReadInputTokens"u8, usage.CacheRead);
        json.WriteNumber("cacheWriteInputTokens"u8, write);
        json.WriteEndObject();
    }
}
