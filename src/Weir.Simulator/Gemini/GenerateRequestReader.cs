using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Directives;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Gemini;

/// <summary>Validates a generate request and finds what the answer depends on. Snake case names are equal to camel case.</summary>
internal static class GenerateRequestReader
{
    public static DialectRequest Read(JsonElement body, string model, bool stream, ThoughtSeal seal)
    {
        GenerateRules.Check(body, model, seal, mustBeSigned: AsksForSignatures(body));
        var contents = body.Items("contents").ToList();
        var config = Either(body, "generationConfig", "generation_config") ?? default;
        var calling = Either(Either(body, "toolConfig", "tool_config") ?? default, "functionCallingConfig", "function_calling_config");
        var allowed = (calling?.Items("allowedFunctionNames") ?? []).Select(name => name.GetString()).ToList();
        var thinking = Either(config, "thinkingConfig", "thinking_config");
        var format = Either(config, "responseMimeType", "response_mime_type")?.GetString();
        return new DialectRequest
        {
            Model = model,
            Stream = stream,
            UserText = UserText(contents),
            Input = new ServedUsage { InputUncached = Measure(body, contents) },
            Tools = [.. Tools(body).Where(tool => allowed.Count == 0 || allowed.Contains(tool.Name))],
            ToolDemand = calling?.Text("mode") switch
            {
                "ANY" => ToolDemand.Required,
                "NONE" => ToolDemand.None,
                _ => ToolDemand.Auto,
            },
            ToolHistory = ToolHistory.Of(contents.SelectMany(Turns)),
            Choices = Math.Clamp(Either(config, "candidateCount", "candidate_count")?.GetInt32() ?? 1, 1, 8),
            LogProbs = (Either(config, "responseLogprobs", "response_logprobs") ?? default).ValueKind == JsonValueKind.True ? config.Get("logprobs")?.GetInt32() ?? 0 : null,
            MaxTokens = Either(config, "maxOutputTokens", "max_output_tokens")?.GetInt32(),
            Thinks = thinking is not null && Either(thinking.Value, "thinkingBudget", "thinking_budget")?.GetInt32() is not 0,
            HidesThinking = thinking is null || (Either(thinking.Value, "includeThoughts", "include_thoughts") ?? default).ValueKind != JsonValueKind.True,
            WantsJson = format == "application/json",
            AnswerSchema = config.Get("responseSchema") ?? config.Get("responseJsonSchema") ?? config.Get("response_schema") ?? default,
        };
    }

    /// <summary>The directive <c>[[sim signed]]</c> anywhere in the conversation: calls must come back with the signatures they had.</summary>
    private static bool AsksForSignatures(JsonElement body) =>
        body.Items("contents").SelectMany(content => content.Items("parts"))
            .Any(part => part.Text("text") is { } text && DirectiveText.Read(text)?.Signed == true);

    private static IEnumerable<TurnKind> Turns(JsonElement content) =>
        IsResult(content) ? content.Items("parts").Where(IsResultPart).Select(_ => TurnKind.Result)
        : [content.Text("role") is null or "user" ? TurnKind.Words : TurnKind.Other];

    private static bool IsResultPart(JsonElement part) => Either(part, "functionResponse", "function_response") is not null;

    public static bool IsResult(JsonElement content) =>
        content.Items("parts").Any(IsResultPart);

    public static JsonElement? Either(JsonElement element, string camel, string snake) => element.Get(camel) ?? element.Get(snake);

    private static string UserText(List<JsonElement> contents)
    {
        var user = contents.FindLast(content => content.Text("role") is null or "user" && !IsResult(content));
        return string.Join('\n', user.Items("parts").Select(part => part.Text("text")).OfType<string>());
    }

    private static IEnumerable<ToolOffer> Tools(JsonElement body) =>
        from tool in body.Items("tools")
        from function in tool.Items("functionDeclarations").Concat(tool.Items("function_declarations"))
        select new ToolOffer(
            function.Text("name")!, function.Get("parameters") ?? function.Get("parametersJsonSchema") ?? default);

    private static long Measure(JsonElement body, List<JsonElement> contents)
    {
        var meter = new ContentMeter(0);
        if (body.Get("tools") is { } tools)
        {
            meter.Value(tools);
        }

        if (Either(body, "systemInstruction", "system_instruction") is { } system)
        {
            meter.Message("system");
            meter.Value(system);
        }

        foreach (var content in contents)
        {
            meter.Message("content");
            meter.Value(content);
        }

        return meter.Tokens;
    }
}
