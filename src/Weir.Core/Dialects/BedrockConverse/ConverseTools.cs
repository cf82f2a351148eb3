using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary><c>toolConfig</c> as canon.</summary>
internal static class ConverseTools
{
    public static ModelRequest Read(JsonElement config, ReadOnlyMemory<byte> body, ModelRequest request, TranslationNotes notes)
    {
        config.DropOthers("toolConfig", notes, "tools", "toolChoice");
        var tools = new List<ToolSpec>();
        var index = 0;
        foreach (var tool in config.Items("tools"u8))
        {
            var path = $"toolConfig.tools[{index++}]";
            var (name, value) = tool.Union();
            if (name == "cachePoint" && tools.Count > 0)
                tools[^1] = tools[^1] with { CacheControl = ConverseBlockReader.CacheControl(value) };
            else if (name == "toolSpec")
                tools.Add(ReadOne(value, $"{path}.toolSpec", body, notes));
            else if (name != "cachePoint")
                notes.Refuse(path, $"Tools of the kind {name} exist at Bedrock only.");
        }

        return request with { Tools = tools, ToolChoice = Choice(config, notes) };
    }

    private static ToolSpec ReadOne(JsonElement tool, string path, ReadOnlyMemory<byte> body, TranslationNotes notes)
    {
        tool.DropOthers(path, notes, "name", "description", "inputSchema", "strict");
        var schema = tool.Member("inputSchema"u8) is { } holder && holder.Member("json"u8) is { } json ? json.ToRaw(body) : default;
        bool? strict = tool.Member("strict"u8) is { } flag ? flag.ValueKind == JsonValueKind.True : null;
        return new ToolSpec(tool.Text("name"u8) ?? "", tool.Text("description"u8), schema, strict);
    }

    private static ToolChoice? Choice(JsonElement config, TranslationNotes notes)
    {
        if (config.Member("toolChoice"u8) is not { } choice)
            return null;
        var (name, value) = choice.Union();
        switch (name)
        {
            case "auto":
                return new ToolChoice(ToolChoiceMode.Auto);
            case "any":
                return new ToolChoice(ToolChoiceMode.Required);
            case "tool":
                return new ToolChoice(ToolChoiceMode.Named, value.Text("name"u8));
            default:
                notes.Refuse("toolConfig.toolChoice", "This kind of tool choice is not known.");
                return null;
        }
    }
}
