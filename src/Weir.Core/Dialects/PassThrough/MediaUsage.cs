using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.PassThrough;

/// <summary>
/// Usage of images, sound and realtime answers, in the words of OpenAI and of those who copy it: totals with
/// <c>…_details</c> that say how much of them was text, sound, image or cached. Null for usage that is not in tokens.
/// </summary>
public static class MediaUsage
{
    /// <param name="usage">The value of <c>usage</c>.</param>
    /// <param name="plainOutput">What output without details is.</param>
    public static Usage? Read(JsonElement usage, MediaKind plainOutput)
    {
        if (usage.ValueKind != JsonValueKind.Object)
            return null;
        var input = Count(usage, "input_tokens", "prompt_tokens");
        var output = Count(usage, "output_tokens", "completion_tokens");
        var total = Count(usage, "total_tokens");
        if (input is null && output is null && total is null)
            return null;
        var prompt = ReadInput(Details(usage, "input_tokens_details", "input_token_details", "prompt_tokens_details"), input ?? 0, output ?? 0, total ?? 0);
        var tier = usage.TryGetProperty("service_tier"u8, out var word) && word.ValueKind == JsonValueKind.String ? word.GetString() : null;
        return WithOutput(prompt with { ServiceTier = tier }, Details(usage, "output_tokens_details", "output_token_details", "completion_tokens_details"), output ?? 0, plainOutput);
    }

    private static Usage ReadInput(JsonElement details, long input, long output, long total)
    {
        var (audio, image, cached) = (Count(details, "audio_tokens") ?? 0, Count(details, "image_tokens") ?? 0, Count(details, "cached_tokens") ?? 0);
        var cachedDetails = Details(details, "cached_tokens_details");
        var (cachedAudio, cachedImage) = (Count(cachedDetails, "audio_tokens") ?? 0, Count(cachedDetails, "image_tokens") ?? 0);
        // Mistral counts sound beside the prompt, OpenAI inside it; the total tells which.
        var beside = audio > 0 && total == input + output + audio;
        return new Usage
        {
            InputUncached = Math.Max(0, beside ? input - cached : input - audio - image - (cached - cachedAudio - cachedImage)),
            InputAudio = Math.Max(0, audio - cachedAudio),
            InputImage = Math.Max(0, image - cachedImage),
            CacheRead = cached,
        };
    }

    private static Usage WithOutput(Usage usage, JsonElement details, long output, MediaKind plain)
    {
        var (audio, image, reasoning) = (Count(details, "audio_tokens") ?? 0, Count(details, "image_tokens") ?? 0, Count(details, "reasoning_tokens") ?? 0);
        var rest = Math.Max(0, output - audio - image - reasoning);
        var hasDetails = audio + image + reasoning > 0 || Count(details, "text_tokens") is not null;
        return usage with
        {
            Reasoning = reasoning,
            OutputAudio = audio + (!hasDetails && plain == MediaKind.Audio ? rest : 0),
            OutputImage = image + (!hasDetails && plain == MediaKind.Image ? rest : 0),
            OutputVisible = hasDetails || plain == MediaKind.Text ? rest : 0,
        };
    }

    private static JsonElement Details(JsonElement parent, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object)
                return found;
        }
        return default;
    }

    private static long? Count(JsonElement parent, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Number
                && found.TryGetInt64(out var count) && count >= 0)
                return count;
        }
        return null;
    }
}

/// <summary>What output tokens are when nobody says.</summary>
public enum MediaKind { Text, Audio, Image }
