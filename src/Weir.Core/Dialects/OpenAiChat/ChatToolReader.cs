using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>Reads <c>tools</c>, <c>tool_choice</c> and their older forms <c>functions</c>, <c>function_call</c>.</summary>
internal static class ChatToolReader
{
    public static void ReadTools(string member, JsonElement value, ReadOnlyMemory<byte> body, List<ToolSpec> tools, TranslationNotes notes)
    {
        var i = -1;
        foreach (var tool in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default)
        {
            i++;
            var function = member == "functions" ? tool : tool.Object("function"u8) ?? default;
            if (function.Text("name"u8) is not { } name)
            {
                notes.Refuse($"{member}[{i}]", $"only function tools can be translated, this is '{tool.Text("type"u8)}'");
                continue;
            }

            var schema = function.Object("parameters"u8) is { } p ? p.ToRaw(body) : default;
            bool? strict = function.Member("strict"u8, JsonValueKind.True) is not null ? true
                : function.Member("strict"u8, JsonValueKind.False) is not null ? false : null;
            var cache = tool.Object("cache_control"u8) is { } c ? c.ToRaw(body) : default;
            tools.Add(new ToolSpec(name, function.Text("description"u8), schema, strict) { CacheControl = cache });
        }
    }

    /// <summary>The only functions to offer (<c>allowed_tools</c>), or null for all.</summary>
    public static HashSet<string>? ReadAllowed(JsonElement choice) => Allowed(choice) is not { } allowed ? null
        : [.. allowed.Items("tools"u8).Select(t => t.Object("function"u8)?.Text("name"u8)).OfType<string>()];

    private static JsonElement? Allowed(JsonElement choice) =>
        choice.Object("allowed_tools"u8) is { } allowed && allowed.Member("tools"u8, JsonValueKind.Array) is not null ? allowed : null;

    public static ToolChoice? ReadChoice(string member, JsonElement value, TranslationNotes notes)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            switch (value.GetString())
            {
                case "auto":
                    return new ToolChoice(ToolChoiceMode.Auto);
                case "none":
                    return new ToolChoice(ToolChoiceMode.None);
                case "required" or "any":
                    return new ToolChoice(ToolChoiceMode.Required);
            }
        }

        var named = member == "function_call" ? value : value.Object("function"u8) ?? default;
        if (named.Text("name"u8) is { } name)
            return new ToolChoice(ToolChoiceMode.Named, name);
        if (Allowed(value) is { } allowed)
        {
            notes.Adapt(member, "the tools that are not allowed are not offered");
            return new ToolChoice(allowed.Text("mode"u8) == "required" ? ToolChoiceMode.Required : ToolChoiceMode.Auto);
        }

        notes.Refuse(member, "only auto, none, required and one named function can be translated");
        return null;
    }
}
