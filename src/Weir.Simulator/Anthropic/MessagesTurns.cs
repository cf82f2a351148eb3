using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Anthropic;

/// <summary>Rules between messages: roles, tool results next to their calls, untouched thinking.</summary>
internal sealed partial class MessagesTurns(JsonElement body, ThinkingSeal seal)
{
    private readonly bool _hasTools = body.Items("tools").Any();

    public void Check()
    {
        HashSet<string> open = [];
        var index = 0;
        var last = body.Get("messages")!.Value.GetArrayLength() - 1;
        foreach (var message in body.Items("messages"))
        {
            var role = message.Text("role");
            if (role is not ("user" or "assistant" or "system"))
            {
                throw ApiFault.Invalid($"messages.{index}.role: Input should be 'user' or 'assistant'");
            }

            if (index == 0 && role == "assistant")
            {
                throw ApiFault.Invalid("messages: first message must use the \"user\" role");
            }

            open = Content(message, role, index, open, isLast: index == last);
            index++;
        }
    }

    private HashSet<string> Content(JsonElement message, string role, int index, HashSet<string> open, bool isLast)
    {
        var content = message.Get("content") ?? throw ApiFault.Invalid($"messages.{index}.content: Field required");
        HashSet<string> results = [];
        HashSet<string> calls = [];
        if (content.ValueKind == JsonValueKind.Array)
        {
            var number = 0;
            foreach (var block in content.EnumerateArray())
            {
                Block(block, $"messages.{index}.content.{number}", open, results, calls);
                number++;
            }

            ThinkingFirst(content, role, index, calls.Count > 0);
        }
        else if (content.ValueKind != JsonValueKind.String)
        {
            throw ApiFault.Invalid($"messages.{index}.content: Input should be a valid list");
        }
        else if (content.GetString()!.Length == 0 && !(isLast && role == "assistant"))
        {
            throw ApiFault.Invalid($"messages.{index}: all messages must have non-empty content except for the optional final assistant message");
        }

        if (!open.IsSubsetOf(results))
        {
            throw ApiFault.Invalid(
                $"messages.{index}: `tool_use` ids were found without `tool_result` blocks immediately after: " +
                $"{string.Join(", ", open.Except(results))}. Each `tool_use` block must have a corresponding `tool_result` block in the next message.");
        }

        if (isLast && calls.Count > 0)
        {
            throw ApiFault.Invalid(
                $"messages.{index}: `tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", calls)}. " +
                "Each `tool_use` block must have a corresponding `tool_result` block in the next message.");
        }

        return calls;
    }

    private void Block(JsonElement block, string place, HashSet<string> open, HashSet<string> results, HashSet<string> calls)
    {
        switch (block.Text("type"))
        {
            case null:
                throw ApiFault.Invalid($"{place}.type: Field required");
            case "text" when block.Text("text") is null or "":
                throw ApiFault.Invalid("messages: text content blocks must be non-empty");
            case "thinking":
                if (block.Text("signature") is not { } signature)
                {
                    throw ApiFault.Invalid($"{place}.thinking.signature: Field required");
                }

                if (!seal.IsOwn(block.Text("thinking") ?? "", signature))
                {
                    throw ApiFault.Invalid($"{place}: Invalid `signature` in `thinking` block");
                }

                break;
            case "redacted_thinking" when !seal.IsOwn("", block.Text("data") ?? ""):
                throw ApiFault.Invalid($"{place}: Invalid `data` in `redacted_thinking` block");
            case "tool_use":
                NeedTools();
                if (block.Text("id") is not { } id || !ToolId().IsMatch(id))
                {
                    throw ApiFault.Invalid($"{place}.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'");
                }

                if (block.Get("input") is not { ValueKind: JsonValueKind.Object })
                {
                    throw ApiFault.Invalid($"{place}.tool_use.input: Input should be a valid dictionary");
                }

                if (!calls.Add(id))
                {
                    throw ApiFault.Invalid("messages: `tool_use` ids must be unique");
                }

                break;
            case "tool_result":
                NeedTools();
                if (block.Text("tool_use_id") is not { } answered || !open.Contains(answered) || !results.Add(answered))
                {
                    throw ApiFault.Invalid(
                        $"{place}: unexpected `tool_use_id` found in `tool_result` blocks: {block.Text("tool_use_id")}. " +
                        "Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");
                }

                break;
        }
    }

    // With a thinking budget, the assistant turn that called tools must come back with its thinking in front.
    private void ThinkingFirst(JsonElement content, string role, int index, bool hasCalls)
    {
        if (role == "assistant" && hasCalls && body.Get("thinking")?.Text("type") == "enabled" &&
            content[0].Text("type") is not ("thinking" or "redacted_thinking"))
        {
            throw ApiFault.Invalid(
                $"messages.{index}.content.0.type: Expected `thinking` or `redacted_thinking`, but found `{content[0].Text("type")}`. " +
                "When `thinking` is enabled, a final `assistant` message must start with a thinking block.");
        }
    }

    private void NeedTools()
    {
        if (!_hasTools)
        {
            throw ApiFault.Invalid("Requests which have `tool_use` or `tool_result` blocks in `messages` must provide `tools`.");
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex ToolId();
}
