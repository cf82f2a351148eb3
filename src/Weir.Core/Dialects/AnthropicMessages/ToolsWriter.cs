using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// <c>tools</c> and <c>tool_choice</c>. Anthropic refuses a history with tool blocks when no tools are declared: then
/// the tools of the history are declared in the least form, and may not be called.
/// </summary>
internal static class ToolsWriter
{
    public static void Write(Utf8JsonWriter json, ModelRequest request, Conversation conversation, TranslationNotes notes)
    {
        if (request.Tools.Count > 0)
        {
            json.WriteStartArray("tools"u8);
            foreach (ToolSpec tool in request.Tools)
                WriteTool(json, tool);
            json.WriteEndArray();
            WriteChoice(json, request);
            return;
        }

        if (request.ToolChoice is not null and not { Mode: ToolChoiceMode.None or ToolChoiceMode.Auto })
            notes.Drop("tool_choice", "There are no tools to choose from.");
        IReadOnlyList<string> called = conversation.CalledTools;
        if (called.Count == 0)
            return;
        notes.Adapt("tools", "The history calls tools that the request does not declare; they were declared, but may not be called.");
        json.WriteStartArray("tools"u8);
        foreach (string name in called)
            WriteTool(json, new ToolSpec(name, null, default, null));
        json.WriteEndArray();
        json.WriteStartObject("tool_choice"u8);
        json.WriteString("type"u8, "none"u8);
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json, ToolSpec tool)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, tool.Name);
        if (tool.Description is not null)
            json.WriteString("description"u8, tool.Description);
        WriteSchema(json, tool.ParametersSchema);
        if (tool.Strict == true)
            json.WriteBoolean("strict"u8, true);
        json.WriteRaw("cache_control"u8, tool.CacheControl);
        json.WriteEndObject();
    }

    /// <summary>A schema must say that it is an object's; other dialects leave that, or the schema, out.</summary>
    private static void WriteSchema(Utf8JsonWriter json, RawJson schema)
    {
        json.WritePropertyName("input_schema"u8);
        if (!schema.IsEmpty)
        {
            using JsonDocument document = JsonDocument.Parse(schema.Utf8);
            if (document.RootElement.Type() == "object")
            {
                json.WriteRaw(schema);
                return;
            }

            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                json.WriteStartObject();
                json.WriteString("type"u8, "object"u8);
                foreach (JsonProperty member in document.RootElement.EnumerateObject().Where(m => !m.NameEquals("type"u8)))
                    json.WriteRaw(System.Text.Encoding.UTF8.GetBytes(member.Name), member.Value.ToRaw(schema.Utf8));
                json.WriteEndObject();
                return;
            }
        }

        json.WriteStartObject();
        json.WriteString("type"u8, "object"u8);
        json.WriteStartObject("properties"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter json, ModelRequest request)
    {
        bool single = request.ParallelToolCalls == false;
        if (request.ToolChoice is null && !single)
            return;
        ToolChoiceMode mode = request.ToolChoice?.Mode ?? ToolChoiceMode.Auto;
        json.WriteStartObject("tool_choice"u8);
        json.WriteString("type"u8, mode switch
        {
            ToolChoiceMode.None => "none"u8,
            ToolChoiceMode.Required => "any"u8,
            ToolChoiceMode.Named => "tool"u8,
            _ => "auto"u8,
        });
        if (mode == ToolChoiceMode.Named)
            json.WriteString("name"u8, request.ToolChoice!.Name);
        if (single && mode != ToolChoiceMode.None)
            json.WriteBoolean("disable_parallel_tool_use"u8, true);
        json.WriteEndObject();
    }
}
