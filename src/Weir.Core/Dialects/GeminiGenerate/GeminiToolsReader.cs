using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Function declarations and the calling mode. Tools that Google runs (search, code execution, URL context, maps, files,
/// computer use, MCP) are refused: without them the model could not do what it was asked to.
/// </summary>
internal static class GeminiToolsReader
{
    public static IReadOnlyList<ToolSpec> Read(JsonElement tools, ReadOnlyMemory<byte> body, TranslationNotes notes)
    {
        var result = new List<ToolSpec>();
        int index = 0;
        foreach (JsonElement tool in tools.Each())
        {
            string path = $"tools[{index++}]";
            if (tool.ValueKind != JsonValueKind.Object)
            {
                notes.Refuse(path, "A tool must be an object.");
                continue;
            }

            foreach (JsonProperty member in tool.EnumerateObject())
            {
                bool isEmpty = member.Value.ValueKind == JsonValueKind.Null || (member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() == 0);
                if (isEmpty)
                    continue;
                if (GeminiNames.Camel(member.Name) != "functionDeclarations")
                    notes.Refuse($"{path}.{member.Name}", "This tool is run by Google only.");
            }

            foreach (JsonElement function in tool.ItemsOf("functionDeclarations"))
                result.Add(ReadOne(function, $"{path}.functionDeclarations[{result.Count}]", body, notes));
        }

        return result;
    }

    public static ModelRequest ReadConfig(JsonElement config, ModelRequest request, TranslationNotes notes)
    {
        foreach (JsonProperty member in config.EnumerateObject())
        {
            if (GeminiNames.Camel(member.Name) != "functionCallingConfig" && member.Value.ValueKind != JsonValueKind.Null)
                notes.Drop($"toolConfig.{member.Name}", GeminiRequestReader.NoCounterpart);
        }

        if (!config.TryField("functionCallingConfig", out JsonElement calling) || calling.ValueKind != JsonValueKind.Object)
            return request;
        foreach (JsonProperty member in calling.EnumerateObject())
        {
            if (GeminiNames.Camel(member.Name) is not ("mode" or "allowedFunctionNames") && member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
                notes.Drop($"toolConfig.functionCallingConfig.{member.Name}", GeminiRequestReader.NoCounterpart);
        }

        List<string> allowed = [.. calling.ItemsOf("allowedFunctionNames").Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.Text())];
        string mode = (calling.TextOf("mode") ?? "").ToUpperInvariant();
        switch (mode)
        {
            case "" or "MODE_UNSPECIFIED":
                return request;
            case "AUTO":
                return Narrowed(request with { ToolChoice = new ToolChoice(ToolChoiceMode.Auto) }, allowed, notes);
            case "NONE":
                return Narrowed(request with { ToolChoice = new ToolChoice(ToolChoiceMode.None) }, allowed, notes);
            case "VALIDATED":
                notes.Adapt("toolConfig.functionCallingConfig.mode", "VALIDATED became AUTO with strict tools.");
                return Narrowed(request with
                {
                    ToolChoice = new ToolChoice(ToolChoiceMode.Auto),
                    Tools = [.. request.Tools.Select(t => t with { Strict = true })],
                }, allowed, notes);
            case "ANY" when allowed.Count == 1:
                return request with { ToolChoice = new ToolChoice(ToolChoiceMode.Named, allowed[0]) };
            case "ANY":
                return Narrowed(request with { ToolChoice = new ToolChoice(ToolChoiceMode.Required) }, allowed, notes);
            default:
                notes.Refuse("toolConfig.functionCallingConfig.mode", "This mode is not known.");
                return request;
        }
    }

    private static ModelRequest Narrowed(ModelRequest request, List<string> allowed, TranslationNotes notes)
    {
        if (allowed.Count == 0)
            return request;
        notes.Adapt("toolConfig.functionCallingConfig.allowedFunctionNames", "Only the allowed functions are offered.");
        return request with { Tools = [.. request.Tools.Where(t => allowed.Contains(t.Name))] };
    }

    private static ToolSpec ReadOne(JsonElement function, string path, ReadOnlyMemory<byte> body, TranslationNotes notes)
    {
        RawJson schema = default;
        foreach (JsonProperty member in function.ValueKind == JsonValueKind.Object ? function.EnumerateObject() : default)
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                continue;
            switch (GeminiNames.Camel(member.Name))
            {
                case "name" or "description":
                    break;
                case "parameters":
                    schema = OpenApiSchema.ToJsonSchema(member.Value);
                    break;
                case "parametersJsonSchema":
                    schema = member.Value.ToRaw(body);
                    break;
                default:
                    notes.Drop($"{path}.{member.Name}", GeminiRequestReader.NoCounterpart);
                    break;
            }
        }

        return new ToolSpec(function.TextOf("name") ?? "", function.TextOf("description"), schema, null);
    }
}
