using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>Sampling, limits, format and thinking as <c>generationConfig</c>.</summary>
internal static class GenerationConfigWriter
{
    /// <summary>Most stop sequences the API takes.</summary>
    private const int MaxStops = 5;

    /// <summary>Most alternatives per token.</summary>
    private const int MaxTopLogprobs = 20;

    public static void Write(Utf8JsonWriter json, ModelRequest request, ModelTraits traits, bool writesFormat, TranslationNotes notes)
    {
        json.WriteStartObject("generationConfig"u8);
        if (request.MaxOutputTokens is { } max)
            json.WriteNumber("maxOutputTokens"u8, max);
        json.WriteRaw("temperature"u8, request.Temperature);
        json.WriteRaw("topP"u8, request.TopP);
        json.WriteRaw("topK"u8, request.TopK);
        json.WriteRaw("seed"u8, request.Seed);
        json.WriteRaw("frequencyPenalty"u8, request.FrequencyPenalty);
        json.WriteRaw("presencePenalty"u8, request.PresencePenalty);
        WriteStops(json, request.StopSequences, notes);
        WriteLogprobs(json, request, notes);
        if (writesFormat)
            WriteFormat(json, request.ResponseFormat, notes);
        ThinkingConfigWriter.Write(json, request.Reasoning, traits, notes);
        json.WriteEndObject();
    }

    private static void WriteStops(Utf8JsonWriter json, IReadOnlyList<string> stops, TranslationNotes notes)
    {
        if (stops.Count == 0)
            return;
        if (stops.Count > MaxStops)
            notes.Drop("stop", $"Gemini takes {MaxStops} stop sequences; the others are left out.");
        json.WriteStrings("stopSequences"u8, stops.Take(MaxStops));
    }

    private static void WriteLogprobs(Utf8JsonWriter json, ModelRequest request, TranslationNotes notes)
    {
        if (request.Logprobs != true)
            return;
        json.WriteBoolean("responseLogprobs"u8, true);
        if (request.TopLogprobs is not { } top)
            return;
        if (top > MaxTopLogprobs)
            notes.Adapt("top_logprobs", $"Gemini gives at most {MaxTopLogprobs}.");
        json.WriteNumber("logprobs"u8, Math.Min(top, MaxTopLogprobs));
    }

    private static void WriteFormat(Utf8JsonWriter json, ResponseFormat? format, TranslationNotes notes)
    {
        if (format is not { Kind: not ResponseFormatKind.Text })
            return;
        json.WriteString("responseMimeType"u8, "application/json"u8);
        if (format.Schema.IsEmpty)
            return;
        json.WritePropertyName("responseJsonSchema"u8);
        UpstreamSchema.Write(json, format.Schema, "response_format", notes);
    }
}
