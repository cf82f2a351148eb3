using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>Usage as Gemini clients read it: cached tokens inside the prompt, thoughts beside the candidates.</summary>
internal static class UsageJson
{
    public static void Write(Utf8JsonWriter json, in Usage usage)
    {
        long candidates = usage.OutputTotal - usage.Reasoning;
        json.WriteStartObject("usageMetadata"u8);
        json.WriteNumber("promptTokenCount"u8, usage.InputTotal);
        if (usage.CacheRead > 0)
            json.WriteNumber("cachedContentTokenCount"u8, usage.CacheRead);
        json.WriteNumber("candidatesTokenCount"u8, candidates);
        if (usage.Reasoning > 0)
            json.WriteNumber("thoughtsTokenCount"u8, usage.Reasoning);
        json.WriteNumber("totalTokenCount"u8, usage.InputTotal + usage.OutputTotal);
        Details(json, "promptTokensDetails"u8, usage.InputTotal - usage.InputAudio - usage.InputImage, usage.InputAudio, usage.InputImage);
        Details(json, "candidatesTokensDetails"u8, usage.OutputVisible, usage.OutputAudio, usage.OutputImage);
        json.WriteEndObject();
    }

    private static void Details(Utf8JsonWriter json, ReadOnlySpan<byte> name, long text, long audio, long image)
    {
        if (audio + image == 0)
            return;
        json.WriteStartArray(name);
        One(json, "TEXT"u8, text);
        One(json, "AUDIO"u8, audio);
        One(json, "IMAGE"u8, image);
        json.WriteEndArray();
    }

    private static void One(Utf8JsonWriter json, ReadOnlySpan<byte> modality, long tokens)
    {
        if (tokens <= 0)
            return;
        json.WriteStartObject();
        json.WriteString("modality"u8, modality);
        json.WriteNumber("tokenCount"u8, tokens);
        json.WriteEndObject();
    }
}
