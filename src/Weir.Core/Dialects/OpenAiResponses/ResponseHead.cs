using System.Buffers;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// The response object around the output: what was asked for is repeated in it, with the service's defaults where the
/// request was silent.
/// </summary>
internal sealed class ResponseHead
{
    private static readonly (string Name, string? Default)[] Repeated =
    [
        ("instructions", "null"), ("max_output_tokens", "null"), ("max_tool_calls", "null"), ("parallel_tool_calls", "true"),
        ("previous_response_id", "null"), ("prompt_cache_key", null), ("reasoning", "{\"effort\":null,\"summary\":null}"),
        ("safety_identifier", null), ("temperature", "null"), ("text", "{\"format\":{\"type\":\"text\"}}"), ("tool_choice", "\"auto\""),
        ("top_logprobs", "0"), ("top_p", "null"), ("truncation", "\"disabled\""), ("user", null), ("metadata", "{}"),
    ];

    private readonly ResponseShape _shape;
    private readonly List<(byte[] Name, RawJson Value)> _repeated;

    public ResponseHead(ResponseShape shape)
    {
        _shape = shape;
        // The request was read strictly before: it parses.
        using var document = JsonDocument.Parse(shape.Request.IsEmpty ? "{}"u8.ToArray() : shape.Request);
        Tools = ToolNames.Of(document.RootElement);
        // As at OpenAI, an answer is kept unless the client says otherwise.
        IsKept = document.RootElement.Member("store"u8, JsonValueKind.False) is null;
        _repeated = Repeat(document.RootElement);
    }

    /// <summary>How the client named its tools.</summary>
    public ToolNames Tools { get; }

    /// <summary>The client may name this answer later.</summary>
    public bool IsKept { get; }

    /// <param name="json">Where the object goes.</param>
    /// <param name="status"><c>in_progress</c>, <c>completed</c> or <c>incomplete</c>.</param>
    /// <param name="answer">What is known of the answer.</param>
    public void Write(Utf8JsonWriter json, string status, AnswerBuilder answer)
    {
        var isDone = status != "in_progress";
        json.WriteStartObject();
        json.WriteString("id"u8, ItemIds.Response(_shape.ResponseId));
        json.WriteString("object"u8, "response"u8);
        json.WriteNumber("created_at"u8, answer.Created ?? _shape.CreatedUnixSeconds);
        json.WriteString("status"u8, status);
        json.WriteBoolean("background"u8, false);
        json.WriteNull("error"u8);
        if (isDone && answer.IncompleteReason is { } reason)
        {
            json.WriteStartObject("incomplete_details"u8);
            json.WriteString("reason"u8, reason);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("incomplete_details"u8);
        }

        json.WriteString("model"u8, answer.Model ?? _shape.Model);
        json.WriteStartArray("output"u8);
        if (isDone)
        {
            foreach (var item in answer.Items)
                item.Write(json);
        }

        json.WriteEndArray();
        json.WriteString("service_tier"u8, answer.Usage?.ServiceTier is "flex" or "scale" or "priority" or "auto" ? answer.Usage.Value.ServiceTier : "default");
        json.WriteBoolean("store"u8, IsKept);
        foreach (var (name, value) in _repeated)
            json.WriteRaw(name, value);
        if (isDone && answer.Usage is { } usage)
        {
            json.WritePropertyName("usage"u8);
            ResponsesUsage.Write(json, usage);
        }

        json.WriteEndObject();
    }

    private static List<(byte[] Name, RawJson Value)> Repeat(JsonElement request)
    {
        var members = new List<(byte[], RawJson)>(Repeated.Length + 1);
        foreach (var (name, standard) in Repeated)
        {
            if (request.ValueKind == JsonValueKind.Object && request.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
                members.Add((Encoding.UTF8.GetBytes(name), RawJson.FromText(value.GetRawText()).OnOneLine()));
            else if (standard is not null)
                members.Add((Encoding.UTF8.GetBytes(name), RawJson.FromText(standard)));
        }

        var tools = new ArrayBufferWriter<byte>();
        using (var json = RawJsonExtensions.CreateWriter(tools))
        {
            json.WriteStartArray();
            foreach (var tool in request.Items("tools"u8))
                WriteTool(json, tool);
            json.WriteEndArray();
        }

        members.Add(("tools"u8.ToArray(), new RawJson(tools.WrittenMemory)));
        return members;
    }

    // A function shows all its members, also those the client left out.
    private static void WriteTool(Utf8JsonWriter json, JsonElement tool)
    {
        json.WriteStartObject();
        foreach (var member in tool.ValueKind == JsonValueKind.Object ? tool.EnumerateObject() : default)
            json.WriteRaw(Encoding.UTF8.GetBytes(member.Name), RawJson.FromText(member.Value.GetRawText()).OnOneLine());
        if (tool.Text("type"u8) == "function")
        {
            if (!tool.TryGetProperty("parameters"u8, out _))
                json.WriteNull("parameters"u8);
            if (!tool.TryGetProperty("strict"u8, out _))
                json.WriteNull("strict"u8);
        }

        json.WriteEndObject();
    }
}
