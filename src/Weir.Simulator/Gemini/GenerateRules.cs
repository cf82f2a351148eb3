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

    public static void Check(JsonElement body, string model, ThoughtSeal seal, bool mustBeSigned)
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

        List<JsonElement> previous = [];
        foreach (var (run, index) in Runs(body))
        {
            CheckTurns(run, previous);
            CheckSignatures(run, index, model, seal, mustBeSigned);
            previous = run;
        }

        if (Count(previous, "functionCall", "function_call") > 0)
        {
            throw ApiFault.Invalid("Please ensure that function call turn is followed by a function response turn.");
        }
    }

    /// <summary>The parts of neighbouring contents of one role, which are one turn: SDKs keep streamed chunks apart.</summary>
    private static List<(List<JsonElement> Parts, int Index)> Runs(JsonElement body)
    {
        var runs = new List<(List<JsonElement> Parts, int Index)>();
        string? last = null;
        var index = 0;
        foreach (var content in body.Items("contents"))
        {
            var role = content.Text("role") ?? "user";
            if (role is not ("user" or "model" or "function"))
            {
                throw ApiFault.Invalid("Please use a valid role: user, model.");
            }

            if (!content.Items("parts").Any())
            {
                throw ApiFault.Invalid($"* GenerateContentRequest.contents[{index}].parts: contents.parts must not be empty.\n");
            }

            if (role != last)
            {
                runs.Add(([], index));
            }

            runs[^1].Parts.AddRange(content.Items("parts"));
            last = role;
            index++;
        }

        return runs;
    }

    private static void CheckTurns(List<JsonElement> parts, List<JsonElement> previous)
    {
        var (calls, results) = (Count(previous, "functionCall", "function_call"), Count(parts, "functionResponse", "function_response"));
        if (calls > 0 != results > 0)
        {
            throw ApiFault.Invalid("Please ensure that function response turn comes immediately after a function call turn.");
        }

        if (calls != results)
        {
            throw ApiFault.Invalid("Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.");
        }
    }

    /// <summary>
    /// Gemini 3 insists on getting its reasoning state back with the first call of a turn, or on being told that another
    /// model made the call. The directive <c>signed</c> takes no such excuse, from any model. A wrong signature is refused.
    /// </summary>
    private static void CheckSignatures(List<JsonElement> parts, int index, string model, ThoughtSeal seal, bool mustBeSigned)
    {
        var isFirst = true;
        foreach (var part in parts)
        {
            var signature = GenerateRequestReader.Either(part, "thoughtSignature", "thought_signature")?.GetString();
            if (GenerateRequestReader.Either(part, "functionCall", "function_call") is { } call)
            {
                var name = call.Text("name") ?? "";
                if (isFirst && (mustBeSigned ? signature is null or ThoughtSeal.Skip : signature is null && model.StartsWith("gemini-3", StringComparison.Ordinal)))
                {
                    throw ApiFault.Invalid($"Function call is missing a thought_signature in functionCall parts. Function call `{name}`, position {index}.");
                }

                if (signature is not null and not ThoughtSeal.Skip && !seal.IsOwnCall(name, call.Get("args") ?? default, signature))
                {
                    throw ApiFault.Invalid("Thought signature is not valid.");
                }

                isFirst = false;
            }
            else if (signature is not null and not ThoughtSeal.Skip && !seal.IsOwnText(signature))
            {
                throw ApiFault.Invalid("Thought signature is not valid.");
            }
        }
    }

    private static int Count(List<JsonElement> parts, string camel, string snake) =>
        parts.Count(part => GenerateRequestReader.Either(part, camel, snake) is not null);
}
