using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>
/// <c>toolConfig</c>. Bedrock has no choice "none" and refuses a history with tool blocks when no tools are declared: where
/// tools must not be called they are left out, or, when the history needs them, declared and forbidden in words.
/// </summary>
internal sealed class ConverseToolsWriter
{
    private readonly IReadOnlyList<ToolSpec> _tools;
    private readonly ToolChoice? _choice;

    public ConverseToolsWriter(ModelRequest request, ConverseConversation conversation, TranslationNotes notes)
    {
        _tools = request.Tools;
        _choice = request.ToolChoice;
        var called = conversation.CalledTools;
        if (_tools.Count == 0)
        {
            if (_choice is { Mode: ToolChoiceMode.Required or ToolChoiceMode.Named })
                notes.Drop("tool_choice", "There are no tools to choose from.");
            _choice = null;
            if (!conversation.HasToolBlocks)
                return;
            notes.Adapt("tools", "The history calls tools that the request does not declare; they were declared, and forbidden in the system prompt.");
            _tools = [.. (called.Count > 0 ? called : ["tool"]).Select(n => new ToolSpec(n, null, default, null))];
            Instruction = Forbidden;
        }
        else if (_choice is { Mode: ToolChoiceMode.None })
        {
            notes.Adapt("tool_choice", "Bedrock has no tool choice 'none': the tools were left out, or forbidden in the system prompt where the history needs them.");
            _choice = null;
            if (conversation.HasToolBlocks)
                Instruction = Forbidden;
            else
                _tools = [];
        }
    }

    /// <summary>What the system prompt must say, or null.</summary>
    public string? Instruction { get; }

    private const string Forbidden = "Do not call any tool in this turn; answer in text.";

    public void Write(Utf8JsonWriter json, ConversePartWriter parts)
    {
        if (_tools.Count == 0)
            return;
        json.WriteStartObject("toolConfig"u8);
        json.WriteStartArray("tools"u8);
        foreach (var tool in _tools)
        {
            WriteTool(json, tool);
            parts.CachePoint(json, tool.CacheControl);
        }
        json.WriteEndArray();
        WriteChoice(json);
        json.WriteEndObject();
    }

    private void WriteChoice(Utf8JsonWriter json)
    {
        if (_choice is not { } choice)
            return;
        json.WriteStartObject("toolChoice"u8);
        json.WriteStartObject(choice.Mode switch
        {
            ToolChoiceMode.Required => "any"u8,
            ToolChoiceMode.Named => "tool"u8,
            _ => "auto"u8,
        });
        if (choice.Mode == ToolChoiceMode.Named)
            json.WriteString("name"u8, choice.Name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json, ToolSpec tool)
    {
        json.WriteStartObject();
        json.WriteStartObject("toolSpec"u8);
        json.WriteString("name"u8, tool.Name);
        // Bedrock refuses an empty description.
        if (!string.IsNullOrWhiteSpace(tool.Description))
            json.WriteString("description"u8, tool.Description);
        json.WriteStartObject("inputSchema"u8);
        WriteSchema(json, tool.ParametersSchema);
        json.WriteEndObject();
        if (tool.Strict == true)
            json.WriteBoolean("strict"u8, true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A schema must say that it is an object's; other dialects leave that, or the schema, out.</summary>
    private static void WriteSchema(Utf8JsonWriter json, RawJson schema)
    {
        json.WritePropertyName("json"u8);
        using var document = schema.IsEmpty ? null : JsonDocument.Parse(schema.Utf8);
        if (document?.RootElement.Text("type"u8) == "object")
        {
            json.WriteRaw(schema);
            return;
        }
        json.WriteStartObject();
        json.WriteString("type"u8, "object"u8);
        if (document?.RootElement.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in document.RootElement.EnumerateObject().Where(m => !m.NameEquals("type"u8)))
                member.WriteTo(json);
        }
        else
        {
            json.WriteStartObject("properties"u8);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
