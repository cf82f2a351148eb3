using System.Text.Json;

namespace Weir.Admin;

/// <summary>
/// Which path a request body is for, by its shape. Members decide that only one API has; what several have in common counts
/// as OpenAI's. APIs whose path names the model cannot be told by the body alone when it does not name it.
/// </summary>
internal static class RequestPaths
{
    /// <summary>The path, or null: the body does not say.</summary>
    public static string? Guess(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return null;
        if (Has("contents"))
            return Model() is { } gemini ? $"/v1beta/models/{Uri.EscapeDataString(gemini)}:generateContent" : null;
        if (Has("messages"))
            return Has("inferenceConfig") || Has("toolConfig") ? null : IsAnthropic(body) ? "/v1/messages" : "/v1/chat/completions";
        if (Has("documents") && Has("query"))
            return "/v2/rerank";
        if (Has("input"))
            return Has("encoding_format") || Has("dimensions") || Model()?.Contains("embed", StringComparison.OrdinalIgnoreCase) == true ? "/v1/embeddings" : "/v1/responses";
        return Has("prompt") ? "/v1/completions" : null;

        bool Has(string name) => body.TryGetProperty(name, out _);
        string? Model() => body.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.String ? model.GetString() : null;
    }

    private static bool IsAnthropic(JsonElement body) =>
        body.TryGetProperty("system", out _) || body.TryGetProperty("anthropic_version", out _) || body.TryGetProperty("stop_sequences", out _)
        || body.TryGetProperty("thinking", out _) || body.Any("tools", t => t.TryGetProperty("input_schema", out _))
        || body.Any("messages", m => m.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
            && content.EnumerateArray().Any(p => p.ValueKind == JsonValueKind.Object && p.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                && type.GetString() is "tool_use" or "tool_result" or "thinking" or "redacted_thinking"));

    private static bool Any(JsonElement list, Func<JsonElement, bool> test) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().Any(i => i.ValueKind == JsonValueKind.Object && test(i));

    private static bool Any(this JsonElement body, string name, Func<JsonElement, bool> test) => body.TryGetProperty(name, out var list) && Any(list, test);
}
