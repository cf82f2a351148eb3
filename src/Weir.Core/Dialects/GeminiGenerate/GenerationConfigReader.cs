using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary><c>generationConfig</c> as canon.</summary>
internal static class GenerationConfigReader
{
    private const string Path = "generationConfig";

    public static ModelRequest Read(JsonElement config, ReadOnlyMemory<byte> body, ModelRequest request, TranslationNotes notes)
    {
        if (config.ValueKind != JsonValueKind.Object)
            return request;
        foreach (JsonProperty member in config.EnumerateObject())
        {
            JsonElement value = member.Value;
            if (value.ValueKind != JsonValueKind.Null)
                request = Member(GeminiNames.Camel(member.Name), value, body, request, notes);
        }

        return request with { ResponseFormat = Format(config, body, notes) };
    }

    private static ModelRequest Member(string name, JsonElement value, ReadOnlyMemory<byte> body, ModelRequest request, TranslationNotes notes)
    {
        switch (name)
        {
            case "temperature":
                return request with { Temperature = value.ToRaw(body) };
            case "topP":
                return request with { TopP = value.ToRaw(body) };
            case "topK":
                return request with { TopK = value.ToRaw(body) };
            case "seed":
                return request with { Seed = value.ToRaw(body) };
            case "presencePenalty":
                return request with { PresencePenalty = value.ToRaw(body) };
            case "frequencyPenalty":
                return request with { FrequencyPenalty = value.ToRaw(body) };
            case "maxOutputTokens":
                return request with { MaxOutputTokens = GeminiNames.Whole(value) };
            case "stopSequences":
                return request with { StopSequences = [.. (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default).Where(s => s.ValueKind == JsonValueKind.String).Select(s => s.Text())] };
            case "candidateCount":
                if (GeminiNames.Whole(value) is > 1)
                    notes.Refuse($"{Path}.candidateCount", "A translated answer holds one candidate.");
                return request;
            case "responseLogprobs":
                return request with { Logprobs = value.ValueKind == JsonValueKind.True };
            case "logprobs":
                return request with { TopLogprobs = (int?)GeminiNames.Whole(value) };
            case "thinkingConfig":
                return request with { Reasoning = Thinking(value, notes) };
            case "responseModalities":
                foreach (JsonElement modality in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default)
                {
                    if (modality.ValueKind == JsonValueKind.String && !modality.Text().Equals("TEXT", StringComparison.OrdinalIgnoreCase))
                        notes.Refuse($"{Path}.responseModalities", "A translated answer is text.");
                }

                return request;
            case "translationConfig":
                notes.Refuse($"{Path}.translationConfig", "Only Google's models can be made to interpret.");
                return request;
            case "responseFormat" or "responseMimeType" or "responseSchema" or "responseJsonSchema" or "_responseJsonSchema":
                return request;
            default:
                notes.Drop($"{Path}.{name}", GeminiRequestReader.NoCounterpart);
                return request;
        }
    }

    /// <summary>A budget of 0 is off, of -1 the model's choice. <c>includeThoughts</c> alone asks to think and to show it.</summary>
    private static ReasoningSettings? Thinking(JsonElement value, TranslationNotes notes)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return null;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (GeminiNames.Camel(member.Name) is not ("includeThoughts" or "thinkingBudget" or "thinkingLevel") && member.Value.ValueKind != JsonValueKind.Null)
                notes.Drop($"{Path}.thinkingConfig.{member.Name}", GeminiRequestReader.NoCounterpart);
        }

        string? level = value.TextOf("thinkingLevel")?.ToLowerInvariant().Replace("thinking_level_", "", StringComparison.Ordinal);
        return (level, value.WholeOf("thinkingBudget")) switch
        {
            ("minimal" or "low" or "medium" or "high", _) => new ReasoningSettings(true, level, null),
            (_, 0) => new ReasoningSettings(false, null, null),
            (_, > 0 and var budget) => new ReasoningSettings(true, null, budget),
            (_, < 0) => new ReasoningSettings(true, null, null),
            _ => value.IsTrue("includeThoughts") ? new ReasoningSettings(true, null, null) : null,
        };
    }

    /// <summary>The older three fields say it, or <c>responseFormat</c> does, which has a place for each modality.</summary>
    private static ResponseFormat? Format(JsonElement config, ReadOnlyMemory<byte> body, TranslationNotes notes)
    {
        foreach (JsonElement format in config.ItemsOf("responseFormat"))
        {
            if (format.TryField("text", out JsonElement text))
                return Format(text.TextOf("mimeType"), text.TryField("schema", out JsonElement wanted) ? wanted.ToRaw(body) : default, "responseFormat", notes);
            notes.Refuse($"{Path}.responseFormat", "A translated answer is text.");
        }

        RawJson schema = config.TryField("responseJsonSchema", out JsonElement plain) || config.TryGetProperty("_responseJsonSchema", out plain)
            ? plain.ToRaw(body)
            : config.TryField("responseSchema", out JsonElement openApi) ? OpenApiSchema.ToJsonSchema(openApi) : default;
        return Format(config.TextOf("responseMimeType"), schema, "responseMimeType", notes);
    }

    private static ResponseFormat? Format(string? mediaType, RawJson schema, string member, TranslationNotes notes)
    {
        string type = mediaType?.ToLowerInvariant() ?? "";
        if (type is not ("" or "text/plain" or "application/json"))
        {
            notes.Refuse($"{Path}.{member}", "Only text and JSON have a counterpart.");
            return null;
        }

        if (!schema.IsEmpty && type != "text/plain")
            return new ResponseFormat(ResponseFormatKind.JsonSchema, "response", schema);
        return type == "application/json" ? new ResponseFormat(ResponseFormatKind.JsonObject) : null;
    }
}
