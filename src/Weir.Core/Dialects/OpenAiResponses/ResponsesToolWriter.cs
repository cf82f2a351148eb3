using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>Writes <c>tools</c>, <c>tool_choice</c> and <c>parallel_tool_calls</c>.</summary>
internal sealed class ResponsesToolWriter(Utf8JsonWriter json, UpstreamQuirks quirks, TranslationNotes notes)
{
    private static RawJson NoParameters { get; } = RawJson.FromText("""{"type":"object","properties":{}}""");

    public void Write(ModelRequest request)
    {
        if (request.Tools.Count == 0)
        {
            if (request.ToolChoice is { Mode: ToolChoiceMode.Required or ToolChoiceMode.Named })
                notes.Refuse("tool_choice", "a tool is demanded but none is offered");
            return;
        }

        json.WriteStartArray("tools"u8);
        foreach (var tool in request.Tools)
            WriteTool(tool);
        json.WriteEndArray();
        WriteChoice(request.ToolChoice);
        if (request.ParallelToolCalls is not { } parallel)
            return;
        if (quirks.SupportsParallelToolCalls)
            json.WriteBoolean("parallel_tool_calls"u8, parallel);
        else
            notes.Drop("parallel_tool_calls", "the upstream does not know it");
    }

    private void WriteTool(ToolSpec tool)
    {
        if (!tool.CacheControl.IsEmpty)
            notes.Drop("tools.cache_control", "the upstream caches prompts on its own");
        json.WriteStartObject();
        json.WriteString("type"u8, "function"u8);
        json.WriteString("name"u8, tool.Name);
        if (tool.Description is not null)
            json.WriteString("description"u8, tool.Description);
        json.WriteRaw("parameters"u8, tool.ParametersSchema.IsEmpty ? NoParameters : tool.ParametersSchema);
        // Left out it would mean strict here, and nowhere else.
        json.WriteBoolean("strict"u8, tool.Strict ?? false);
        json.WriteEndObject();
    }

    private void WriteChoice(ToolChoice? choice)
    {
        switch (choice?.Mode)
        {
            case ToolChoiceMode.Auto:
                json.WriteString("tool_choice"u8, "auto"u8);
                break;
            case ToolChoiceMode.None:
                json.WriteString("tool_choice"u8, "none"u8);
                break;
            case ToolChoiceMode.Required:
                json.WriteString("tool_choice"u8, "required"u8);
                break;
            case ToolChoiceMode.Named:
                json.WriteStartObject("tool_choice"u8);
                json.WriteString("type"u8, "function"u8);
                json.WriteString("name"u8, choice.Name);
                json.WriteEndObject();
                break;
        }
    }
}
