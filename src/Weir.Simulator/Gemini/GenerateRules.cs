using System.Collections.Frozen;
using System.Text.Json;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Gemini;

/// <summary>What the Gemini API refuses, in its own words. Unlike others it refuses names it does not know.</summary>
internal static class GenerateRules
{
    private static readonly FrozenSet<string> Known =
    [
        "contents", "systemInstruction", "system_instruction", "tools", "toolConfig", "tool_config", "safetySettings",
        "safety_settings", "generationConfig", "generation_config", "cachedContent", "cached_content", "serviceTier",
        "service_tier", "labels", "modelArmorConfig", "model", "store",
    ];

    public static void Check(JsonElement body, string model)
    {
        foreach (var member in body.EnumerateObject())
        {
            if (!Known.Contains(member.Name))
            {
                throw ApiFault.Invalid($"Invalid JSON payload received. Unknown name \"{member.Name}\": Cannot find field.");
            }
        }

        if (!body.Items("contents").Any())
        {
            throw ApiFault.Invalid("* GenerateContentRequest.contents: contents is not specified\n");
        }

        var index = 0;
        JsonElement previous = default;
        foreach (var content in body.Items("contents"))
        {
            CheckContent(content, previous, index, model);
            previous = content;
            index++;
        }

        if (HasCall(previous))
        {
            throw ApiFault.Invalid("Please ensure that function call turn is followed by a function response turn.");
        }
    }

    private static void CheckContent(JsonElement content, JsonElement previous, int index, string model)
    {
        if (content.Text("role") is not (null or "user" or "model" or "function"))
        {
            throw ApiFault.Invalid("Please use a valid role: user, model.");
        }

        if (!content.Items("parts").Any())
        {
            throw ApiFault.Invalid($"* GenerateContentRequest.contents[{index}].parts: contents.parts must not be empty.\n");
        }

        if (GenerateRequestReader.IsResult(content) != HasCall(previous))
        {
            throw ApiFault.Invalid("Please ensure that function response turn comes immediately after a function call turn.");
        }

        // Gemini 3 insists on getting its reasoning state back with the first call of a turn.
        if (model.StartsWith("gemini-3", StringComparison.Ordinal) && HasCall(content))
        {
            var call = content.Items("parts").First(part => part.Get("functionCall") is not null);
            if (call.Text("thoughtSignature") is null)
            {
                throw ApiFault.Invalid(
                    $"Function call is missing a thought_signature in functionCall parts. Function call `{call.Get("functionCall")?.Text("name")}`, position {index}.");
            }
        }
    }

    private static bool HasCall(JsonElement content) =>
        content.Items("parts").Any(part => GenerateRequestReader.Either(part, "functionCall", "function_call") is not null);
}
