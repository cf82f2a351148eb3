using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// Tools of a Messages body. Only client tools with a schema of their own cross. Tools that Anthropic runs or defines
/// (web search, code execution, bash, computer and browser toolsets) are refused: without them the model could not do
/// what it was asked to.
/// </summary>
internal static class RequestTools
{
    public static IReadOnlyList<ToolSpec> Read(JsonElement tools, ReadOnlyMemory<byte> body, TranslationNotes notes)
    {
        if (tools.ValueKind != JsonValueKind.Array)
            return [];
        var result = new List<ToolSpec>(tools.GetArrayLength());
        int index = 0;
        foreach (JsonElement tool in tools.EnumerateArray())
        {
            string path = $"tools[{index++}]";
            if (tool.ValueKind != JsonValueKind.Object)
                notes.Refuse(path, "A tool must be an object.");
            else if (tool.Type() is not ("" or "custom"))
                notes.Refuse(path, $"The tool type {tool.Type()} exists at Anthropic only.");
            else
                result.Add(ReadOne(tool, path, body, notes));
        }

        return result;
    }

    public static ModelRequest ReadChoice(JsonElement choice, ModelRequest request, TranslationNotes notes)
    {
        ToolChoice? mode = choice.Type() switch
        {
            "auto" => new ToolChoice(ToolChoiceMode.Auto),
            "any" => new ToolChoice(ToolChoiceMode.Required),
            "none" => new ToolChoice(ToolChoiceMode.None),
            "tool" => new ToolChoice(ToolChoiceMode.Named, choice.Text("name"u8)),
            _ => null,
        };
        if (mode is null)
            notes.Refuse("tool_choice", "This kind of tool choice is not known.");
        return request with
        {
            ToolChoice = mode,
            ParallelToolCalls = choice.Flag("disable_parallel_tool_use"u8) is { } disabled ? !disabled : null,
        };
    }

    private static ToolSpec ReadOne(JsonElement tool, string path, ReadOnlyMemory<byte> body, TranslationNotes notes)
    {
        RawJson schema = default, cache = default;
        foreach (JsonProperty member in tool.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                continue;
            switch (member.Name)
            {
                case "name" or "description" or "strict" or "type":
                    break;
                case "input_schema":
                    schema = member.Value.ToRaw(body);
                    break;
                case "cache_control":
                    cache = member.Value.ToRaw(body);
                    break;
                default:
                    notes.Drop($"{path}.{member.Name}", "No other dialect has a counterpart.");
                    break;
            }
        }

        return new ToolSpec(tool.Text("name"u8) ?? "", tool.Text("description"u8), schema, tool.Flag("strict"u8)) { CacheControl = cache };
    }
}
