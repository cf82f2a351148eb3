using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Google's usage counters, the last report winning. The prompt count includes cached tokens; thoughts and the prompts of
/// server-side tools are counted apart from both prompt and candidates (recorded: total = prompt + candidates + thoughts +
/// tool use, 1,051 of 1,051). Audio in and audio and image out are told by modality, because they have prices of their own.
/// </summary>
internal sealed class UsageCounts
{
    private long _prompt, _cached, _candidates, _thoughts, _toolUse, _audioIn, _audioCached, _audioOut, _imageOut;
    private string? _tier;

    /// <summary>Searches the answer was grounded on; billed each since Gemini 3, once per prompt before.</summary>
    public int Searches { get; set; }

    /// <summary>Reads the object at the reader's position; ends on its closing brace. Counters not restated keep their value.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, "promptTokenCount"u8, "prompt_token_count"u8)) Take(ref reader, ref _prompt);
            else if (Is(ref reader, "cachedContentTokenCount"u8, "cached_content_token_count"u8)) Take(ref reader, ref _cached);
            else if (Is(ref reader, "candidatesTokenCount"u8, "candidates_token_count"u8)) Take(ref reader, ref _candidates);
            else if (Is(ref reader, "thoughtsTokenCount"u8, "thoughts_token_count"u8)) Take(ref reader, ref _thoughts);
            else if (Is(ref reader, "toolUsePromptTokenCount"u8, "tool_use_prompt_token_count"u8)) Take(ref reader, ref _toolUse);
            else if (Is(ref reader, "promptTokensDetails"u8, "prompt_tokens_details"u8)) (_audioIn, _) = Modalities(ref reader);
            else if (Is(ref reader, "cacheTokensDetails"u8, "cache_tokens_details"u8)) (_audioCached, _) = Modalities(ref reader);
            else if (Is(ref reader, "candidatesTokensDetails"u8, "candidates_tokens_details"u8)) (_audioOut, _imageOut) = Modalities(ref reader);
            else if (Is(ref reader, "serviceTier"u8, "service_tier"u8) || Is(ref reader, "trafficType"u8, "traffic_type"u8)) Tier(ref reader);
            else Skip(ref reader);
        }
    }

    /// <summary>The counters as disjoint classes.</summary>
    public Usage ToUsage(ModelTraits traits)
    {
        long cached = Math.Min(_cached, _prompt);
        long audioIn = Math.Clamp(_audioIn - _audioCached, 0, _prompt - cached);
        long imageOut = Math.Min(_imageOut, _candidates);
        long audioOut = Math.Min(_audioOut, _candidates - imageOut);
        return new Usage
        {
            InputUncached = _prompt - cached - audioIn + _toolUse,
            CacheRead = cached,
            InputAudio = audioIn,
            OutputVisible = _candidates - audioOut - imageOut,
            OutputAudio = audioOut,
            OutputImage = imageOut,
            Reasoning = _thoughts,
            SearchUnits = traits.IsThree ? Searches : Math.Min(Searches, 1),
            ServiceTier = _tier,
        };
    }

    /// <summary>Passes over the value after the name the reader stands on.</summary>
    public static void Skip(ref Utf8JsonReader reader)
    {
        if (reader.Read())
            reader.Skip();
    }

    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> camel, ReadOnlySpan<byte> snake)
        => reader.ValueTextEquals(camel) || reader.ValueTextEquals(snake);

    private static void Take(ref Utf8JsonReader reader, ref long value)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) && number is >= 0 and < 1L << 48)
            value = number;
        else
            reader.Skip();
    }

    private static (long Audio, long Image) Modalities(ref Utf8JsonReader reader)
    {
        long audio = 0, image = 0;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return (0, 0);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            long count = 0;
            bool isAudio = false, isImage = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("modality"u8))
                {
                    reader.Read();
                    isAudio = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("AUDIO"u8);
                    isImage = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("IMAGE"u8);
                    reader.Skip();
                }
                else if (Is(ref reader, "tokenCount"u8, "token_count"u8))
                    Take(ref reader, ref count);
                else
                    Skip(ref reader);
            }

            audio += isAudio ? count : 0;
            image += isImage ? count : 0;
        }

        return (audio, image);
    }

    /// <summary>The Gemini API names the tier, Vertex the kind of traffic. The words met in nearly every answer cost no allocation.</summary>
    private void Tier(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return;
        }

        if (reader.ValueTextEquals("standard"u8) || reader.ValueTextEquals("STANDARD"u8)) _tier = "standard";
        else if (reader.ValueTextEquals("ON_DEMAND"u8)) return;
        else if (reader.ValueTextEquals("flex"u8) || reader.ValueTextEquals("FLEX"u8) || reader.ValueTextEquals("ON_DEMAND_FLEX"u8)) _tier = "flex";
        else if (reader.ValueTextEquals("priority"u8) || reader.ValueTextEquals("PRIORITY"u8) || reader.ValueTextEquals("ON_DEMAND_PRIORITY"u8)) _tier = "priority";
        else _tier = reader.GetString();
    }
}
