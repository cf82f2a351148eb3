using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.OpenAiCompletions;

/// <summary>Pieces that chunks and the whole answer share.</summary>
internal static class CompletionAnswer
{
    public static void WriteHead(Utf8JsonWriter json, ModelEvent.Start? start, ResponseShape shape)
    {
        json.WriteString("id"u8, start?.Id ?? shape.ResponseId);
        json.WriteString("object"u8, "text_completion"u8);
        json.WriteNumber("created"u8, start?.CreatedUnixSeconds ?? shape.CreatedUnixSeconds);
        json.WriteString("model"u8, start?.Model ?? shape.Model);
    }

    public static void WriteUsage(Utf8JsonWriter json, in Usage usage)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, usage.InputTotal);
        json.WriteNumber("completion_tokens"u8, usage.OutputTotal);
        json.WriteNumber("total_tokens"u8, usage.InputTotal + usage.OutputTotal);
        json.WriteStartObject("prompt_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, usage.CacheRead);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteError(Utf8JsonWriter json, ModelEvent.Error error)
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, error.Type ?? "server_error");
        json.WriteNull("param"u8);
        json.WriteString("code"u8, error.Type ?? "upstream_error");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
