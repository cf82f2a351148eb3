using System.Text.Json;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.OpenAi;

/// <summary>What the Responses endpoint refuses in a list of items: wrong parts, calls and outputs that do not belong together, foreign reasoning.</summary>
internal static class ResponsesItems
{
    public static void Check(JsonElement body, ReasoningSeal seal)
    {
        Dictionary<string, int> open = [];
        HashSet<string> known = [];
        var index = 0;
        foreach (var item in body.Items("input"))
        {
            var path = $"input[{index}]";
            switch (item.Text("type") ?? "message")
            {
                case "message":
                    Message(item, path);
                    break;
                case "reasoning":
                    Reasoning(item, path, seal);
                    break;
                case "function_call" or "custom_tool_call":
                    var id = Required(item, path, "call_id");
                    Required(item, path, "name");
                    Required(item, path, item.Text("type") == "function_call" ? "arguments" : "input");
                    open[id] = index;
                    known.Add(id);
                    break;
                case "function_call_output" or "custom_tool_call_output":
                    var answered = Required(item, path, "call_id");
                    if (!known.Contains(answered))
                    {
                        throw ApiFault.Invalid($"No tool call found for function call output with call_id {answered}.", "input");
                    }

                    open.Remove(answered);
                    break;
                case var other when other.EndsWith("_call", StringComparison.Ordinal) || other.EndsWith("_output", StringComparison.Ordinal):
                    break;
                case var unknown:
                    throw ApiFault.Invalid($"Invalid value: '{unknown}'.", $"{path}.type", "invalid_value");
            }

            index++;
        }

        if (open.Count > 0)
        {
            throw ApiFault.Invalid($"No tool output found for function call {open.Keys.First()}.", "input");
        }
    }

    private static void Message(JsonElement item, string path)
    {
        var role = item.Text("role") ?? throw ApiFault.Invalid($"Missing required parameter: '{path}.role'.", $"{path}.role", "missing_required_parameter");
        if (role is not ("user" or "assistant" or "system" or "developer"))
        {
            throw ApiFault.Invalid($"Invalid value: '{role}'. Supported values are: 'assistant', 'system', 'developer', and 'user'.", $"{path}.role", "invalid_value");
        }

        if (item.Get("content") is not { ValueKind: JsonValueKind.String or JsonValueKind.Array })
        {
            throw ApiFault.Invalid($"Missing required parameter: '{path}.content'.", $"{path}.content", "missing_required_parameter");
        }

        var number = 0;
        foreach (var part in item.Items("content"))
        {
            var type = part.Text("type");
            var fits = role == "assistant" ? type is "output_text" or "refusal" : type is "input_text" or "input_image" or "input_file";
            if (!fits)
            {
                throw ApiFault.Invalid(
                    $"Invalid value: '{type}'. Supported values are: {(role == "assistant" ? "'output_text' and 'refusal'" : "'input_text', 'input_image', and 'input_file'")}.",
                    $"{path}.content[{number}]", "invalid_value");
            }

            number++;
        }
    }

    private static void Reasoning(JsonElement item, string path, ReasoningSeal seal)
    {
        if (item.Get("summary") is not { ValueKind: JsonValueKind.Array })
        {
            throw ApiFault.Invalid($"Missing required parameter: '{path}.summary'.", $"{path}.summary", "missing_required_parameter");
        }

        if (item.Text("encrypted_content") is not { } encrypted)
        {
            throw new ApiFault(404, $"Item with id '{item.Text("id")}' not found. Items are not persisted when `store` is set to false.", "invalid_request_error", "input");
        }

        if (!seal.IsOwn(encrypted))
        {
            throw ApiFault.Invalid($"The encrypted content {encrypted[..Math.Min(8, encrypted.Length)]}... could not be verified.", null, "invalid_encrypted_content");
        }
    }

    private static string Required(JsonElement item, string path, string name) =>
        item.Text(name) ?? throw ApiFault.Invalid($"Missing required parameter: '{path}.{name}'.", $"{path}.{name}", "missing_required_parameter");
}
