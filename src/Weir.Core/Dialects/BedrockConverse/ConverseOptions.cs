using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>The members of a Converse body besides conversation and tools.</summary>
internal static class ConverseOptions
{
    private const string NoCounterpart = "No other dialect has a counterpart.";

    public static ModelRequest Inference(JsonElement config, ReadOnlyMemory<byte> body, ModelRequest request, TranslationNotes notes)
    {
        config.DropOthers("inferenceConfig", notes, "maxTokens", "temperature", "topP", "stopSequences");
        return request with
        {
            MaxOutputTokens = config.Whole("maxTokens"u8),
            Temperature = config.Member("temperature"u8) is { } temperature ? temperature.ToRaw(body) : default,
            TopP = config.Member("topP"u8) is { } topP ? topP.ToRaw(body) : default,
            StopSequences = [.. config.Items("stopSequences"u8).Where(s => s.ValueKind == JsonValueKind.String).Select(s => s.Text())],
        };
    }

    /// <summary>Fields that Bedrock hands to the model as they are: those of Claude, Nova and gpt-oss that canon knows.</summary>
    public static ModelRequest Additional(JsonElement fields, ReadOnlyMemory<byte> body, ModelRequest request, TranslationNotes notes)
    {
        if (fields.ValueKind != JsonValueKind.Object)
            return request;
        foreach (var member in fields.EnumerateObject())
        {
            var value = member.Value;
            request = member.Name switch
            {
                "top_k" when value.ValueKind == JsonValueKind.Number => request with { TopK = value.ToRaw(body) },
                "thinking" or "reasoning_config" when Thinking(value, request.Reasoning) is { } thinking => request with { Reasoning = thinking },
                "reasoningConfig" => request with { Reasoning = new ReasoningSettings(value.Text("type"u8) == "enabled", value.Text("maxReasoningEffort"u8), null) },
                "reasoning_effort" when value.ValueKind == JsonValueKind.String => request with { Reasoning = WithEffort(request, value.Text()) },
                "output_config" when value.Text("effort"u8) is { } effort => request with { Reasoning = WithEffort(request, effort) },
                _ => Dropped(request, $"additionalModelRequestFields.{member.Name}", notes),
            };
        }
        return request;
    }

    public static ModelRequest Output(JsonElement config, ModelRequest request, TranslationNotes notes)
    {
        config.DropOthers("outputConfig", notes, "textFormat", "effort");
        if (config.Text("effort"u8) is { } effort)
            request = request with { Reasoning = WithEffort(request, effort) };
        if (config.Member("textFormat"u8) is not { } format)
            return request;
        if (format.Text("type"u8) != "json_schema" || format.Member("structure"u8) is not { } structure
            || structure.Member("jsonSchema"u8) is not { } schema || Parsed(schema.Text("schema"u8)) is not { } json)
        {
            notes.Refuse("outputConfig.textFormat", "Only the json_schema format with a JSON document as schema is known.");
            return request;
        }
        return request with
        {
            ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema, schema.Text("name"u8), json, Strict: true, schema.Text("description"u8)),
        };
    }

    public static void Other(string name, TranslationNotes notes)
    {
        if (name == "guardrailConfig")
            notes.Refuse(name, "Guardrails of Bedrock cannot be kept by another provider.");
        else if (name == "promptVariables")
            notes.Refuse(name, "Prompts that Bedrock stores are known to Bedrock only.");
        else
            notes.Drop(name, NoCounterpart);
    }

    private static ReasoningSettings? Thinking(JsonElement value, ReasoningSettings? before) => value.Text("type"u8) switch
    {
        "enabled" => new ReasoningSettings(true, before?.Effort, value.Whole("budget_tokens"u8)),
        "adaptive" => new ReasoningSettings(true, before?.Effort, null, Adaptive: true),
        "disabled" => new ReasoningSettings(false, before?.Effort, null),
        _ => null,
    };

    private static ReasoningSettings WithEffort(ModelRequest request, string effort) =>
        (request.Reasoning ?? new ReasoningSettings(null, null, null)) with { Effort = effort };

    private static ModelRequest Dropped(ModelRequest request, string path, TranslationNotes notes)
    {
        notes.Drop(path, NoCounterpart);
        return request;
    }

    private static RawJson? Parsed(string? schema)
    {
        if (schema is null)
            return null;
        try
        {
            using var document = JsonDocument.Parse(schema);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.RawCopy() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
