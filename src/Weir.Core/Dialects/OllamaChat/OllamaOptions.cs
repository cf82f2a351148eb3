using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>The sampling members of <c>options</c>; the rest steers the runner (context length, layers on the GPU, mirostat).</summary>
internal static class OllamaOptions
{
    public static ModelRequest Read(ModelRequest request, JsonElement options, ReadOnlyMemory<byte> body, TranslationNotes notes)
    {
        foreach (var option in options.ValueKind == JsonValueKind.Object ? options.EnumerateObject() : default)
        {
            if (option.Value.ValueKind == JsonValueKind.Null)
                continue;
            var raw = option.Value.ToRaw(body);
            request = option.Name switch
            {
                "num_predict" => request with { MaxOutputTokens = option.Value.Whole() is >= 0 and var cap ? cap : null },
                "temperature" => request with { Temperature = raw },
                "top_p" => request with { TopP = raw },
                "top_k" => request with { TopK = raw },
                "seed" => request with { Seed = raw },
                "frequency_penalty" => request with { FrequencyPenalty = raw },
                "presence_penalty" => request with { PresencePenalty = raw },
                "stop" => request with { StopSequences = ReadStop(option.Value) },
                _ => Dropped(request, option.Name, notes),
            };
        }

        return request;
    }

    public static void Write(Utf8JsonWriter json, ModelRequest request)
    {
        json.WriteStartObject("options"u8);
        if (request.MaxOutputTokens is { } max)
            json.WriteNumber("num_predict"u8, max);
        json.WriteRaw("temperature"u8, request.Temperature);
        json.WriteRaw("top_p"u8, request.TopP);
        json.WriteRaw("top_k"u8, request.TopK);
        json.WriteRaw("seed"u8, request.Seed);
        json.WriteRaw("frequency_penalty"u8, request.FrequencyPenalty);
        json.WriteRaw("presence_penalty"u8, request.PresencePenalty);
        if (request.StopSequences.Count > 0)
            json.WriteStrings("stop"u8, request.StopSequences);
        json.WriteEndObject();
    }

    private static List<string> ReadStop(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? [value.Text()]
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.Text()).Where(s => s.Length > 0)] : [];

    private static ModelRequest Dropped(ModelRequest request, string name, TranslationNotes notes)
    {
        notes.Drop($"options.{name}", "only Ollama's runner has this setting");
        return request;
    }
}
