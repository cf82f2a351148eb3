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
            var function = member == "functions" ? tool : tool.Member("function", JsonValueKind.Object) ?? default;
            if (function.StringMember("name") is not { } name)
            {
                notes.Refuse($"{member}[{i}]", $"only function tools can be translated, this is '{tool.StringMember("type")}'");
                continue;
            }

            var schema = function.Member("parameters", JsonValueKind.Object) is { } p ? p.ToRaw(body) : default;
            bool? strict = function.Member("strict", JsonValueKind.True) is not null ? true
                : function.Member("strict", JsonValueKind.False) is not null ? false : null;
            var cache = tool.Member("cache_control", JsonValueKind.Object) is { } c ? c.ToRaw(body) : default;
            tools.Add(new ToolSpec(name, function.StringMember("description"), schema, strict) { CacheControl = cache });
        }
    }

    /// <summary>The only functions to offer (<c>allowed_tools</c>), or null for all.</summary>
    public static HashSet<string>? ReadAllowed(JsonElement choice) => Allowed(choice) is not { } allowed ? null
        : [.. allowed.ArrayMember("tools").Select(t => t.Member("function", JsonValueKind.Object)?.StringMember("name")).OfType<string>()];

    private static JsonElement? Allowed(JsonElement choice) =>
        choice.Member("allowed_tools", JsonValueKind.Object) is { } allowed && allowed.Member("tools", JsonValueKind.Array) is not null ? allowed : null;

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

        var named = member == "function_call" ? value : value.Member("function", JsonValueKind.Object) ?? default;
        if (named.StringMember("name") is { } name)
            return new ToolChoice(ToolChoiceMode.Named, name);
        if (Allowed(value) is { } allowed)
        {
            notes.Adapt(member, "the tools that are not allowed are not offered");
            return new ToolChoice(allowed.StringMember("mode") == "required" ? ToolChoiceMode.Required : ToolChoiceMode.Auto);
        }

        notes.Refuse(member, "only auto, none, required and one named function can be translated");
        return null;
    }
}
