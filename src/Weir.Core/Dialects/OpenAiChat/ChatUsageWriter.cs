using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>Usage as OpenAI counts it: cached tokens are part of the prompt, reasoning part of the completion.</summary>
internal static class ChatUsageWriter
{
    public static void Write(Utf8JsonWriter json, in Usage usage)
    {
        json.WriteStartObject();
        json.WriteNumber("prompt_tokens"u8, usage.InputTotal);
        json.WriteNumber("completion_tokens"u8, usage.OutputTotal);
        json.WriteNumber("total_tokens"u8, usage.InputTotal + usage.OutputTotal);
        json.WriteStartObject("prompt_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, usage.CacheRead);
        if (usage.CacheWrite5m + usage.CacheWrite1h > 0)
            json.WriteNumber("cache_write_tokens"u8, usage.CacheWrite5m + usage.CacheWrite1h);
        json.WriteNumber("audio_tokens"u8, usage.InputAudio);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, usage.Reasoning);
        json.WriteNumber("audio_tokens"u8, usage.OutputAudio);
        json.WriteNumber("accepted_prediction_tokens"u8, 0);
        json.WriteNumber("rejected_prediction_tokens"u8, 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
