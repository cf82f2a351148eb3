using System.Globalization;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// Reads <c>tools</c> and <c>tool_choice</c>. Functions go over; freeform tools become functions with one string; a
/// namespace is taken apart. Tools that OpenAI itself runs are dropped when an agent offers them on the side, and
/// refused when the answer would stand on them.
/// </summary>
internal sealed class ResponsesToolReader(ReadOnlyMemory<byte> body, TranslationNotes notes)
{
    private readonly List<ToolSpec> _tools = [];
    private HashSet<string>? _allowed;

    public ToolChoice? Choice { get; private set; }

    /// <summary>The tools to offer: those of <c>allowed_tools</c>, when that was chosen.</summary>
    public List<ToolSpec> Offered() => _allowed is null ? _tools : _tools.FindAll(t => _allowed.Contains(t.Name));

    public void Read(JsonElement tools, string path = "tools", string? space = null)
    {
        var i = 0;
        foreach (var tool in tools.ValueKind == JsonValueKind.Array ? tools.EnumerateArray() : default)
            ReadTool(tool, string.Create(CultureInfo.InvariantCulture, $"{path}[{i++}]"), space);
    }

    public void ReadChoice(JsonElement choice)
    {
        var word = choice.ValueKind == JsonValueKind.String ? choice.Text() : choice.Text("type"u8);
        switch (word)
        {
            case "auto":
                Choice = new ToolChoice(ToolChoiceMode.Auto);
                break;
            case "none":
                Choice = new ToolChoice(ToolChoiceMode.None);
                break;
            case "required":
                Choice = new ToolChoice(ToolChoiceMode.Required);
                break;
            case "function" or "custom" when choice.Text("name"u8) is { } name:
                Choice = new ToolChoice(ToolChoiceMode.Named, ToolNames.Join(choice.Text("namespace"u8), name));
                break;
            case "allowed_tools":
                _allowed = [.. choice.Items("tools"u8).Select(t => t.Text("name"u8)).OfType<string>()];
                Choice = new ToolChoice(choice.Text("mode"u8) == "required" ? ToolChoiceMode.Required : ToolChoiceMode.Auto);
                notes.Adapt("tool_choice", "the tools that are not allowed are not offered");
                break;
            default:
                notes.Refuse("tool_choice", $"the tool '{word}' is run by OpenAI, and this provider has none like it");
                break;
        }
    }

    private void ReadTool(JsonElement tool, string path, string? space)
    {
        var type = tool.Text("type"u8);
        var name = tool.Text("name"u8);
        switch (type)
        {
            case "function" when name is not null:
                var schema = tool.Object("parameters"u8) is { } parameters ? parameters.ToRaw(body) : default;
                _tools.Add(new ToolSpec(ToolNames.Join(space, name), tool.Text("description"u8), schema, tool.Flag("strict"u8)));
                NoteRest(tool, path, "name", "description", "parameters", "strict", "defer_loading");
                break;
            case "custom" when name is not null:
                _tools.Add(Freeform(tool, ToolNames.Join(space, name), path));
                NoteRest(tool, path, "name", "description", "format", "defer_loading");
                break;
            case "namespace" when name is not null && space is null:
                notes.Adapt(path, "the tools of the namespace are offered under joined names");
                Read(tool.TryGetProperty("tools"u8, out var members) ? members : default, $"{path}.tools", name);
                break;
            case "web_search" or "web_search_2025_08_26" or "web_search_preview" or "web_search_preview_2025_03_11" or "image_generation":
                notes.Drop(path, $"'{type}' is run by OpenAI, and this provider has none like it");
                break;
            case "tool_search":
                notes.Drop(path, "all tools are offered from the start");
                break;
            default:
                notes.Refuse(path, $"a tool of type '{type}' exists at OpenAI only");
                break;
        }
    }

    private ToolSpec Freeform(JsonElement tool, string name, string path)
    {
        notes.Adapt(path, "the freeform tool became a function with one string");
        var description = new StringBuilder(tool.Text("description"u8));
        if (tool.Object("format"u8) is { } format && format.Text("definition"u8) is { } grammar)
        {
            description.Append(description.Length > 0 ? "\n\n" : "")
                .Append("The input must match this ").Append(format.Text("syntax"u8)).Append(" grammar:\n").Append(grammar);
        }

        return new ToolSpec(name, description.Length == 0 ? null : description.ToString(), Schema, null);
    }

    private static RawJson Schema { get; } = RawJson.FromText($$$"""
        {"type":"object","properties":{"{{{ToolNames.InputMember}}}":{"type":"string","description":"The tool's whole input, as plain text."}},"required":["{{{ToolNames.InputMember}}}"],"additionalProperties":false}
        """);

    private void NoteRest(JsonElement tool, string path, params ReadOnlySpan<string> read)
    {
        foreach (var member in tool.EnumerateObject())
        {
            if (member.Name != "type" && member.Value.ValueKind != JsonValueKind.Null && !read.Contains(member.Name))
                notes.Drop($"{path}.{member.Name}", "no counterpart in other dialects");
        }
    }
}
