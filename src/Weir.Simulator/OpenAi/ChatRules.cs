using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.OpenAi;

/// <summary>What the chat endpoint refuses, in its own words and codes.</summary>
internal static partial class ChatRules
{
    private static readonly string[] Roles = ["system", "developer", "user", "assistant", "tool", "function"];

    public static void Check(JsonElement body)
    {
        var messages = body.Get("messages") ??
            throw ApiFault.Invalid("Missing required parameter: 'messages'.", "messages", "missing_required_parameter");
        if (messages.ValueKind != JsonValueKind.Array)
        {
            throw ApiFault.Invalid("Invalid type for 'messages': expected an array of objects.", "messages", "invalid_type");
        }

        if (messages.GetArrayLength() == 0)
        {
            throw ApiFault.Invalid(
                "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
                "messages", "empty_array");
        }

        Boolean(body, "stream");
        Boolean(body, "logprobs");
        Range(body, "n", 1, 128, whole: true);
        Range(body, "max_tokens", 1, int.MaxValue, whole: true);
        Range(body, "max_completion_tokens", 1, int.MaxValue, whole: true);
        Range(body, "temperature", 0, 2);
        Range(body, "top_p", 0, 1);
        Range(body, "top_logprobs", 0, 20, whole: true);
        if (body.Get("top_logprobs") is not null && !body.IsTrue("logprobs"))
        {
            throw ApiFault.Invalid("The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.", "top_logprobs");
        }

        if (body.Get("stream_options") is not null && !body.IsTrue("stream"))
        {
            throw ApiFault.Invalid(
                "The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options");
        }

        if (body.IsTrue("continue_final_message") && body.Get("add_generation_prompt") is not { ValueKind: JsonValueKind.False })
        {
            throw ApiFault.Invalid("Cannot set both `continue_final_message` and `add_generation_prompt` to True.");
        }

        CheckTools(body);
    }

    public static void CheckTurns(List<JsonElement> messages)
    {
        HashSet<string> open = [];
        for (var index = 0; index < messages.Count; index++)
        {
            var message = messages[index];
            var role = message.Text("role") ?? throw ApiFault.Invalid(
                $"Missing required parameter: 'messages[{index}].role'.", $"messages[{index}].role", "missing_required_parameter");
            if (!Roles.Contains(role))
            {
                throw ApiFault.Invalid(
                    $"Invalid value: '{role}'. Supported values are: {string.Join(", ", Roles.Select(known => $"'{known}'"))}.",
                    $"messages[{index}].role", "invalid_value");
            }

            if (role == "tool")
            {
                if (message.Text("tool_call_id") is not { } id || !open.Remove(id))
                {
                    throw ApiFault.Invalid(
                        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
                        $"messages.[{index}].role");
                }

                continue;
            }

            Answered(open);
            open = [.. message.Items("tool_calls").Select(call => call.Text("id")).OfType<string>()];
            var contentNeeded = role != "assistant" || (open.Count == 0 && message.Get("refusal") is null && message.Get("function_call") is null);
            if (contentNeeded && message.Get("content") is not { ValueKind: JsonValueKind.String or JsonValueKind.Array })
            {
                throw ApiFault.Invalid(
                    "Invalid value for 'content': expected a string, got null.", $"messages.[{index}].content");
            }
        }

        Answered(open);
    }

    private static void Answered(HashSet<string> open)
    {
        if (open.Count > 0)
        {
            throw ApiFault.Invalid(
                "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
                $"The following tool_call_ids did not have response messages: {string.Join(", ", open)}", "messages");
        }
    }

    private static void CheckTools(JsonElement body)
    {
        var index = 0;
        foreach (var tool in body.Items("tools"))
        {
            if (tool.Text("type") is not { } type)
            {
                throw ApiFault.Invalid(
                    $"Missing required parameter: 'tools[{index}].type'.", $"tools[{index}].type", "missing_required_parameter");
            }

            if (type == "function" && (tool.Get("function")?.Text("name") is not { } name || !ToolName().IsMatch(name)))
            {
                throw ApiFault.Invalid(
                    $"Invalid 'tools[{index}].function.name': string does not match pattern '^[a-zA-Z0-9_-]+$'.",
                    $"tools[{index}].function.name", "invalid_value");
            }

            index++;
        }

        if (index == 0 && body.Get("tool_choice") is not (null or { ValueKind: JsonValueKind.String }))
        {
            throw ApiFault.Invalid("Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.", "tool_choice");
        }
    }

    private static void Boolean(JsonElement body, string name)
    {
        if (body.Get(name) is not (null or { ValueKind: JsonValueKind.True or JsonValueKind.False }))
        {
            throw ApiFault.Invalid($"Invalid type for '{name}': expected a boolean.", name, "invalid_type");
        }
    }

    private static void Range(JsonElement body, string name, double low, double high, bool whole = false)
    {
        if (body.Get(name) is not { } value)
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.Number || (whole && !value.TryGetInt32(out _)))
        {
            throw ApiFault.Invalid($"Invalid type for '{name}': expected {(whole ? "an integer" : "a decimal number")}.", name, "invalid_type");
        }

        if (value.GetDouble() < low || value.GetDouble() > high)
        {
            var (bound, code) = value.GetDouble() < low ? ($">= {low}", "integer_below_min_value") : ($"<= {high}", "integer_above_max_value");
            throw ApiFault.Invalid(
                $"Invalid '{name}': {(whole ? "integer" : "decimal")} out of range. Expected a value {bound}, but got {value.GetRawText()} instead.",
                name, whole ? code : code.Replace("integer", "decimal", StringComparison.Ordinal));
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex ToolName();
}
