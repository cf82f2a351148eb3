using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>Tools as function declarations, their schemas as JSON Schema (<c>parametersJsonSchema</c>), and the calling mode.</summary>
internal static class GeminiToolsWriter
{
    public static void Write(Utf8JsonWriter json, ModelRequest request, TranslationNotes notes)
    {
        if (request.Tools.Count == 0)
        {
            if (request.ToolChoice is { Mode: ToolChoiceMode.Required or ToolChoiceMode.Named })
                notes.Refuse("tool_choice", "A tool is demanded but none is offered.");
            return;
        }

        json.WriteStartArray("tools"u8);
        json.WriteStartObject();
        json.WriteStartArray("functionDeclarations"u8);
        foreach (ToolSpec tool in request.Tools)
            WriteOne(json, tool, notes);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        WriteMode(json, request);
    }

    private static void WriteOne(Utf8JsonWriter json, ToolSpec tool, TranslationNotes notes)
    {
        if (!tool.CacheControl.IsEmpty)
            notes.Drop("cache_control", "The upstream caches prompts on its own.");
        json.WriteStartObject();
        json.WriteString("name"u8, tool.Name);
        // The API demands one.
        json.WriteString("description"u8, tool.Description is { Length: > 0 } description ? description : tool.Name);
        if (!tool.ParametersSchema.IsEmpty && !UpstreamSchema.IsWithoutParameters(tool.ParametersSchema))
        {
            json.WritePropertyName("parametersJsonSchema"u8);
            UpstreamSchema.Write(json, tool.ParametersSchema, $"tools.{tool.Name}", notes);
        }

        json.WriteEndObject();
    }

    /// <summary>Strict tools need calls that are checked against their schemas: mode VALIDATED.</summary>
    private static void WriteMode(Utf8JsonWriter json, ModelRequest request)
    {
        string? mode = request.ToolChoice?.Mode switch
        {
            ToolChoiceMode.None => "NONE",
            ToolChoiceMode.Required or ToolChoiceMode.Named => "ANY",
            _ when request.Tools.Any(t => t.Strict == true) => "VALIDATED",
            ToolChoiceMode.Auto => "AUTO",
            _ => null,
        };
        if (mode is null)
            return;
        json.WriteStartObject("toolConfig"u8);
        json.WriteStartObject("functionCallingConfig"u8);
        json.WriteString("mode"u8, mode);
        if (request.ToolChoice is { Mode: ToolChoiceMode.Named, Name: { } name })
        {
            json.WriteStartArray("allowedFunctionNames"u8);
            json.WriteStringValue(name);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
