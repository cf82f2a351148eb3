using System.Text.Json;
using Weir.Tests.Chaos;
using Weir.Tests.Support;

namespace Weir.Tests.Spine.Continuations;

/// <summary>What a client of a dialect makes of a stream: its text, its beginnings, the usage it is told.</summary>
internal static class StreamReading
{
    public static string TextOf(ChaosDialect dialect, Answer answer) => string.Concat(Events(answer).Select(e => dialect.Name switch
    {
        "chat" => e.At("choices", 0, "delta", "content")?.GetString(),
        "messages" => e.At("delta", "text")?.GetString(),
        "responses" => e.At("type")?.GetString() == "response.output_text.delta" ? e.At("delta")?.GetString() : null,
        _ => e.At("candidates", 0, "content", "parts", 0, "text")?.GetString(),
    }));

    /// <summary>How often the stream begins; Gemini's has no beginning, but one id.</summary>
    public static int StartsOf(ChaosDialect dialect, Answer answer) => dialect.Name switch
    {
        "chat" => Events(answer).Count(e => e.At("choices", 0, "delta", "role") is not null),
        "messages" => Events(answer).Count(e => e.At("type")?.GetString() == "message_start"),
        "responses" => Events(answer).Count(e => e.At("type")?.GetString() == "response.created"),
        _ => Events(answer).Select(e => e.At("responseId")?.GetString()).Distinct().Count(),
    };

    /// <summary>Events after which a client takes the answer for whole.</summary>
    public static int EndsOf(ChaosDialect dialect, Answer answer) => dialect.Name == "chat" ? answer.Events.Count(e => e == "[DONE]")
        : answer.Events.Count(e => e.Contains(dialect.EndMarker, StringComparison.Ordinal));

    /// <summary>Names and numbers that must be one throughout the stream, or count up by one.</summary>
    public static bool IsOfOnePiece(ChaosDialect dialect, Answer answer)
    {
        var events = Events(answer);
        return dialect.Name switch
        {
            "chat" => events.Select(e => (e.At("id")?.GetString(), e.At("model")?.GetString())).Distinct().Count() == 1,
            "messages" => events.Select(e => e.At("index")?.GetInt32()).OfType<int>().All(i => i == 0),
            "responses" => events.Select((e, i) => e.At("sequence_number")?.GetInt32() == i).All(x => x)
                && events.Select(e => e.At("item_id")?.GetString()).OfType<string>().Distinct().Count() == 1,
            _ => true,
        };
    }

    /// <summary>Prompt and answer tokens, as the end of the stream tells them.</summary>
    public static (long Input, long Output) UsageOf(ChaosDialect dialect, Answer answer)
    {
        var last = Events(answer).Last(e => (dialect.Name switch { "responses" => e.At("response", "usage"), "gemini" => e.At("usageMetadata"), _ => e.At("usage") }) is { ValueKind: JsonValueKind.Object });
        return dialect.Name switch
        {
            "chat" => (Number(last, "usage", "prompt_tokens"), Number(last, "usage", "completion_tokens")),
            "messages" => (Number(last, "usage", "input_tokens"), Number(last, "usage", "output_tokens")),
            "responses" => (Number(last, "response", "usage", "input_tokens"), Number(last, "response", "usage", "output_tokens")),
            _ => (Number(last, "usageMetadata", "promptTokenCount"), Number(last, "usageMetadata", "candidatesTokenCount")),
        };
    }

    private static long Number(JsonElement element, params object[] path) => element.At(path)!.Value.GetInt64();

    private static List<JsonElement> Events(Answer answer) =>
        [.. answer.Events.Where(e => e.StartsWith('{')).Select(e => JsonDocument.Parse(e).RootElement)];

    private static JsonElement? At(this JsonElement element, params object[] path)
    {
        foreach (var step in path)
        {
            if (step is string name && element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member))
                element = member;
            else if (step is int index && element.ValueKind == JsonValueKind.Array && index < element.GetArrayLength())
                element = element[index];
            else
                return null;
        }
        return element.ValueKind == JsonValueKind.Null ? null : element;
    }
}
