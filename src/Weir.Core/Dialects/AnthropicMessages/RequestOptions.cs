using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>The members of a Messages body besides conversation and tools.</summary>
internal static class RequestOptions
{
    private const string NoCounterpart = "No other dialect has a counterpart.";

    public static IReadOnlyList<string> Strings(JsonElement value)
        => value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.Text())]
            : [];

    /// <summary>In canon the tiers have OpenAI's words: <c>standard_only</c> is <c>default</c>.</summary>
    public static string Tier(string tier) => tier == "standard_only" ? "default" : tier;

    public static ModelRequest Thinking(JsonElement value, ModelRequest request, TranslationNotes notes)
    {
        if (value.Member("display"u8) is not null)
            notes.Drop("thinking.display", NoCounterpart);
        string? effort = request.Reasoning?.Effort;
        ReasoningSettings? settings = value.Type() switch
        {
            "enabled" => new ReasoningSettings(true, effort, value.Whole("budget_tokens"u8)),
            "adaptive" or "between_tools" => new ReasoningSettings(true, effort, null, Adaptive: true),
            "disabled" => new ReasoningSettings(false, effort, null),
            _ => null,
        };
        if (settings is null)
            notes.Drop("thinking", "This type of thinking is not known.");
        else if (value.Type() == "between_tools")
            notes.Adapt("thinking.type", "between_tools became adaptive.");
        return settings is null ? request : request with { Reasoning = settings };
    }

    public static ModelRequest OutputConfig(JsonElement value, ReadOnlyMemory<byte> body, ModelRequest request, TranslationNotes notes)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return request;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                continue;
            if (member.NameEquals("effort"u8) && member.Value.ValueKind == JsonValueKind.String)
            {
                ReasoningSettings before = request.Reasoning ?? new ReasoningSettings(null, null, null);
                request = request with { Reasoning = before with { Effort = member.Value.Text() } };
            }
            else if (member.NameEquals("format"u8))
                request = Format(member.Value, body, request, "output_config.format", notes);
            else
                notes.Drop($"output_config.{member.Name}", NoCounterpart);
        }

        return request;
    }

    public static ModelRequest Format(JsonElement value, ReadOnlyMemory<byte> body, ModelRequest request, string path, TranslationNotes notes)
    {
        if (value.Type() != "json_schema" || value.Member("schema"u8) is not { } schema)
        {
            notes.Refuse(path, "Only the json_schema format is known; another answer format cannot be left out silently.");
            return request;
        }

        return request with
        {
            ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema, value.Text("name"u8), schema.ToRaw(body), Strict: true),
        };
    }

    public static ModelRequest Metadata(JsonElement value, ModelRequest request, TranslationNotes notes)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return request;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!member.NameEquals("user_id"u8))
                notes.Drop($"metadata.{member.Name}", NoCounterpart);
        }

        return request with { UserId = value.Text("user_id"u8) };
    }

    /// <summary>
    /// Members of Anthropic alone. Refused are those whose absence would change what is done or where: skills and files of
    /// a container, MCP servers the provider would call, the place of inference. Coding agents send
    /// <c>context_management</c> and the like with every call; without them the answer is merely less convenient.
    /// </summary>
    public static void Other(string name, JsonElement value, TranslationNotes notes)
    {
        switch (name)
        {
            case "container":
                notes.Refuse(name, "Containers and skills run at Anthropic only.");
                break;
            case "mcp_servers" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0:
                break;
            case "mcp_servers":
                notes.Refuse(name, "MCP servers called by the provider exist at Anthropic only.");
                break;
            case "inference_geo":
                notes.Refuse(name, "The place of inference cannot be promised by a provider of another dialect; use a residency route.");
                break;
            case "speed" when value.ValueKind == JsonValueKind.String && value.ValueEquals("standard"u8):
                break;
            default:
                notes.Drop(name, NoCounterpart);
                break;
        }
    }
}
