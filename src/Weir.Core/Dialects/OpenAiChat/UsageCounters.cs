using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>The counters of a chat <c>usage</c> object as sent; they overlap, and not alike everywhere (wire notes §13).</summary>
internal struct UsageCounters
{
    private long _prompt, _completion, _total;
    private long _cached, _cacheWritten, _promptAudio;
    private long _reasoning, _completionAudio, _completionImage;
    private long _hit, _miss, _searches;

    /// <summary>Reads the object the reader stands on.</summary>
    public static UsageCounters Read(ref Utf8JsonReader json)
    {
        var counters = new UsageCounters();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("prompt_tokens"u8))
                counters._prompt = Count(ref json);
            else if (json.ValueTextEquals("completion_tokens"u8))
                counters._completion = Count(ref json);
            else if (json.ValueTextEquals("total_tokens"u8))
                counters._total = Count(ref json);
            else if (json.ValueTextEquals("prompt_tokens_details"u8))
                counters.ReadPromptDetails(ref json);
            else if (json.ValueTextEquals("completion_tokens_details"u8))
                counters.ReadCompletionDetails(ref json);
            else if (json.ValueTextEquals("prompt_cache_hit_tokens"u8))
                counters._hit = Count(ref json);
            else if (json.ValueTextEquals("prompt_cache_miss_tokens"u8))
                counters._miss = Count(ref json);
            else if (json.ValueTextEquals("cached_tokens"u8)) // Moonshot
                counters._cached = Math.Max(counters._cached, Count(ref json));
            else if (json.ValueTextEquals("reasoning_tokens"u8)) // Perplexity
                counters._reasoning = Math.Max(counters._reasoning, Count(ref json));
            else if (json.ValueTextEquals("num_search_queries"u8)) // Perplexity
                counters._searches = Count(ref json);
            else if (json.ValueTextEquals("num_sources_used"u8)) // xAI live search
                counters._searches = Math.Max(counters._searches, Count(ref json));
            else
                Skip(ref json);
        }

        return counters;
    }

    /// <summary>The same in disjoint classes. A total is never believed: Mistral's and Gemini's do not add up.</summary>
    public readonly Usage ToUsage(UpstreamQuirks quirks, string? serviceTier)
    {
        var prompt = _prompt == 0 ? _hit + _miss : _prompt;
        // A part larger than the whole (Grok on Azure counts a hidden prefix there) says nothing about this prompt.
        var cached = quirks.DeepSeekCacheCounters && _hit > 0 ? _hit : Math.Max(_cached, _hit);
        cached = cached > prompt ? 0 : cached;
        var rest = prompt - cached;
        var written = Math.Min(_cacheWritten, rest);
        rest -= written;
        // More audio than prompt cannot be a part of it: Mistral counts it beside the prompt.
        var audio = _promptAudio > prompt ? _promptAudio : Math.Min(_promptAudio, rest);
        rest -= _promptAudio > prompt ? 0 : audio;

        long reasoning, outAudio, outImage, visible;
        if (quirks.ReasoningOutsideCompletion)
        {
            reasoning = _reasoning != 0 ? _reasoning : Math.Max(0, _total - _prompt - _completion);
            visible = _completion;
        }
        else
        {
            // A part larger than the whole is in other units (OpenRouter): informational only.
            reasoning = _reasoning > _completion ? 0 : _reasoning;
            visible = _completion - reasoning;
        }

        outAudio = Math.Min(_completionAudio, visible);
        outImage = Math.Min(_completionImage, visible - outAudio);
        return new Usage
        {
            InputUncached = rest,
            CacheRead = cached,
            CacheWrite5m = written,
            InputAudio = audio,
            OutputVisible = visible - outAudio - outImage,
            Reasoning = reasoning,
            OutputAudio = outAudio,
            OutputImage = outImage,
            SearchUnits = _searches,
            ServiceTier = serviceTier,
        };
    }

    private void ReadPromptDetails(ref Utf8JsonReader json)
    {
        if (!Enter(ref json))
            return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("cached_tokens"u8))
                _cached = Math.Max(_cached, Count(ref json));
            else if (json.ValueTextEquals("cache_write_tokens"u8))
                _cacheWritten = Count(ref json);
            else if (json.ValueTextEquals("audio_tokens"u8))
                _promptAudio = Count(ref json);
            else
                Skip(ref json);
        }
    }

    private void ReadCompletionDetails(ref Utf8JsonReader json)
    {
        if (!Enter(ref json))
            return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("reasoning_tokens"u8))
                _reasoning = Math.Max(_reasoning, Count(ref json));
            else if (json.ValueTextEquals("audio_tokens"u8))
                _completionAudio = Count(ref json);
            else if (json.ValueTextEquals("image_tokens"u8))
                _completionImage = Count(ref json);
            else
                Skip(ref json);
        }
    }

    private static bool Enter(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.StartObject)
            return true;
        json.Skip();
        return false;
    }

    private static long Count(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Number)
        {
            if (json.TryGetInt64(out var value))
                return Math.Max(0, value);
            if (json.TryGetDecimal(out var spelledWithFraction) && spelledWithFraction is >= 0 and < long.MaxValue)
                return (long)spelledWithFraction;
        }

        json.Skip();
        return 0;
    }

    private static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }
}
