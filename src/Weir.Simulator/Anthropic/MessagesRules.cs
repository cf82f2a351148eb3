using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Anthropic;

/// <summary>What the Messages endpoint refuses, in its own words.</summary>
internal static partial class MessagesRules
{
    private const int MinimumThinkingBudget = 1024;

    public static void Check(JsonElement body, bool counting)
    {
        if (body.Text("model") is not { Length: > 0 })
        {
            throw ApiFault.Invalid("model: Field required");
        }

        if (!counting)
        {
            var limit = body.Get("max_tokens") ?? throw ApiFault.Invalid("max_tokens: Field required");
            if (limit.ValueKind != JsonValueKind.Number || !limit.TryGetInt32(out var most))
            {
                throw ApiFault.Invalid("max_tokens: Input should be a valid integer");
            }

            if (most < 1)
            {
                throw ApiFault.Invalid("max_tokens: Input should be greater than or equal to 1");
            }
        }

        var messages = body.Get("messages") ?? throw ApiFault.Invalid("messages: Field required");
        if (messages.ValueKind != JsonValueKind.Array)
        {
            throw ApiFault.Invalid("messages: Input should be a valid list");
        }

        if (messages.GetArrayLength() == 0)
        {
            throw ApiFault.Invalid("messages: at least one message is required");
        }

        if (body.Get("temperature") is { } temperature &&
            (temperature.ValueKind != JsonValueKind.Number || temperature.GetDouble() is < 0 or > 1))
        {
            throw ApiFault.Invalid("temperature: range: 0..1");
        }

        if (body.Get("stream") is not (null or { ValueKind: JsonValueKind.True or JsonValueKind.False }))
        {
            throw ApiFault.Invalid("stream: Input should be a valid boolean");
        }

        CheckTools(body);
        CheckThinking(body);
    }

    /// <summary>The beginning of the answer, when the last turn is the assistant's and text alone; else null.</summary>
    public static string? Prefill(JsonElement body)
    {
        var last = body.Items("messages").Last();
        if (last.Text("role") != "assistant")
        {
            return null;
        }

        if (NoPrefill().IsMatch(body.Text("model")!))
        {
            throw ApiFault.Invalid("This model does not support assistant message prefill. The conversation must end with a user message.");
        }

        var text = last.Text("content") ?? string.Concat(last.Items("content").Select(block => block.Text("text")));
        return text.TrimEnd().Length == text.Length ? text
            : throw ApiFault.Invalid("messages: final assistant content cannot end with trailing whitespace");
    }

    private static void CheckTools(JsonElement body)
    {
        var index = 0;
        foreach (var tool in body.Items("tools"))
        {
            if (tool.Text("type") is null or "custom")
            {
                if (tool.Text("name") is not { } name)
                {
                    throw ApiFault.Invalid($"tools.{index}.custom.name: Field required");
                }

                if (!ToolName().IsMatch(name))
                {
                    throw ApiFault.Invalid($"tools.{index}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{{1,128}}$'");
                }

                if (tool.Get("input_schema") is not { ValueKind: JsonValueKind.Object } schema)
                {
                    throw ApiFault.Invalid($"tools.{index}.custom.input_schema: Field required");
                }

                if (schema.Text("type") != "object")
                {
                    throw ApiFault.Invalid($"tools.{index}.custom.input_schema.type: Field required");
                }
            }

            index++;
        }

        if (body.Get("tool_choice") is { } choice)
        {
            if (choice.Text("type") is not ("auto" or "any" or "tool" or "none"))
            {
                throw ApiFault.Invalid(
                    "tool_choice: Input tag does not match any of the expected tags: 'auto', 'any', 'tool', 'none'");
            }

            if (index == 0 && choice.Text("type") is "any" or "tool")
            {
                throw ApiFault.Invalid("tool_choice may only be specified while providing tools.");
            }

            if (choice.Text("type") is "any" or "tool" && body.Get("thinking")?.Text("type") == "enabled")
            {
                throw ApiFault.Invalid("Thinking may not be enabled when tool_choice forces tool use.");
            }
        }
    }

    private static void CheckThinking(JsonElement body)
    {
        if (body.Get("thinking") is not { } thinking)
        {
            return;
        }

        switch (thinking.Text("type"))
        {
            case "adaptive" or "disabled" or "between_tools":
                return;
            case "enabled":
                break;
            default:
                throw ApiFault.Invalid(
                    "thinking: Input tag does not match any of the expected tags: 'disabled', 'enabled', 'adaptive'");
        }

        if (thinking.Get("budget_tokens") is not { ValueKind: JsonValueKind.Number } budget)
        {
            throw ApiFault.Invalid("thinking.enabled.budget_tokens: Field required");
        }

        if (budget.GetInt64() < MinimumThinkingBudget)
        {
            throw ApiFault.Invalid(
                $"thinking.enabled.budget_tokens: Input should be greater than or equal to {MinimumThinkingBudget}");
        }

        if (body.Get("max_tokens") is { } limit && budget.GetInt64() >= limit.GetInt64())
        {
            throw ApiFault.Invalid("`max_tokens` must be greater than `thinking.budget_tokens`.");
        }
    }

    [GeneratedRegex("claude-[a-z]+-(4-[6-9]|[5-9])")]
    private static partial Regex NoPrefill();

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,128}$")]
    private static partial Regex ToolName();
}
