using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.OpenAi;

/// <summary>What the Responses endpoint refuses, in its own words and codes.</summary>
internal static partial class ResponsesRules
{
    private const int LeastOutputTokens = 16;

    private static readonly string[] Parameters =
    [
        "model", "input", "instructions", "previous_response_id", "conversation", "background", "store", "stream", "stream_options",
        "include", "tools", "tool_choice", "parallel_tool_calls", "max_tool_calls", "max_output_tokens", "reasoning", "text",
        "temperature", "top_p", "top_logprobs", "truncation", "context_management", "prompt", "metadata", "moderation", "service_tier",
        "user", "safety_identifier", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "client_metadata",
    ];

    public static void Check(JsonElement body)
    {
        if (body.Text("model") is not { Length: > 0 })
        {
            throw ApiFault.Invalid("Missing required parameter: 'model'.", "model", "missing_required_parameter");
        }

        foreach (var member in body.EnumerateObject())
        {
            if (!Parameters.Contains(member.Name))
            {
                throw ApiFault.Invalid($"Unknown parameter: '{member.Name}'.", member.Name, "unknown_parameter");
            }
        }

        if (body.Get("input") is not { ValueKind: JsonValueKind.String or JsonValueKind.Array } input || input is { ValueKind: JsonValueKind.Array } && input.GetArrayLength() == 0)
        {
            throw ApiFault.Invalid(
                "One of \"input\" or \"previous_response_id\" or 'prompt' or 'conversation_id' must be provided.", "input", "missing_required_parameter");
        }

        if (body.Get("stream") is not (null or { ValueKind: JsonValueKind.True or JsonValueKind.False }))
        {
            throw ApiFault.Invalid("Invalid type for 'stream': expected a boolean.", "stream", "invalid_type");
        }

        if (body.Get("max_output_tokens") is { } limit)
        {
            if (limit.ValueKind != JsonValueKind.Number || !limit.TryGetInt32(out var most))
            {
                throw ApiFault.Invalid("Invalid type for 'max_output_tokens': expected an integer.", "max_output_tokens", "invalid_type");
            }

            if (most < LeastOutputTokens)
            {
                throw ApiFault.Invalid(
                    $"Invalid 'max_output_tokens': integer below minimum value. Expected a value >= {LeastOutputTokens}, but got {most} instead.",
                    "max_output_tokens", "integer_below_min_value");
            }
        }

        CheckTools(body);
    }

    private static void CheckTools(JsonElement body)
    {
        var index = 0;
        foreach (var tool in body.Items("tools"))
        {
            if (tool.Text("type") is not { } type)
            {
                throw ApiFault.Invalid($"Missing required parameter: 'tools[{index}].type'.", $"tools[{index}].type", "missing_required_parameter");
            }

            if (type is "function" or "custom" && (tool.Text("name") is not { } name || !ToolName().IsMatch(name)))
            {
                throw ApiFault.Invalid($"Missing required parameter: 'tools[{index}].name'.", $"tools[{index}].name", "missing_required_parameter");
            }

            index++;
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex ToolName();
}
