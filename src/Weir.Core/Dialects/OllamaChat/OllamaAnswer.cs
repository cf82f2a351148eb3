using System.Globalization;
using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>The members both forms of an answer share, in the order Ollama writes them.</summary>
internal static class OllamaAnswer
{
    /// <summary>The end of the year 9999, in Unix seconds.</summary>
    private const long LastSecond = 253_402_300_799;

    public static void WriteHead(Utf8JsonWriter json, ModelEvent.Start? start, ResponseShape shape)
    {
        json.WriteString("model"u8, start?.Model ?? shape.Model);
        // Some servers count milliseconds; a date far from any calendar would be no date at all.
        var seconds = start?.CreatedUnixSeconds is { } said and >= 0 and <= LastSecond ? said : shape.CreatedUnixSeconds;
        var created = DateTimeOffset.FromUnixTimeSeconds(seconds);
        json.WriteString("created_at"u8, created.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
    }

    public static void WriteEnd(Utf8JsonWriter json, StopReason reason, Usage? usage)
    {
        json.WriteBoolean("done"u8, true);
        json.WriteString("done_reason"u8, reason is StopReason.MaxTokens or StopReason.ContextWindow ? "length"u8 : "stop"u8);
        if (usage is not { } used)
            return;
        json.WriteNumber("prompt_eval_count"u8, used.InputTotal);
        json.WriteNumber("eval_count"u8, used.OutputTotal);
    }

    /// <summary>Log probabilities in OpenAI's shape hold the entries under <c>content</c>; Ollama's are the entries alone.</summary>
    public static void WriteLogprobs(Utf8JsonWriter json, RawJson logprobs)
    {
        if (Json.JsonElements.Parse(logprobs.Utf8.Span) is not { ValueKind: JsonValueKind.Object } parsed || !parsed.TryGetProperty("content"u8, out var entries)
            || entries.ValueKind != JsonValueKind.Array)
            return;
        json.WritePropertyName("logprobs"u8);
        entries.WriteTo(json);
    }
}
