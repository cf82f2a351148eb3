using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.OpenAi;

/// <summary>Validates a Responses request and finds what the answer depends on.</summary>
internal static class ResponsesRequestReader
{
    // Automatic prompt caching starts at 1,024 tokens and counts in steps of 128.
    private const int CacheFrom = 1024;
    private const int CacheStep = 128;
    private static readonly TimeSpan CacheLifetime = TimeSpan.FromMinutes(5);

    public static DialectRequest Read(JsonElement body, PromptCache cache, ReasoningSeal seal)
    {
        ResponsesRules.Check(body);
        ResponsesItems.Check(body, seal);
        var items = body.Items("input").ToList();
        var tools = body.Items("tools").Where(tool => tool.Text("type") is "function" or "custom").ToList();
        var choice = body.Get("tool_choice");
        var format = body.Get("text")?.Get("format");
        var includes = body.Items("include").Select(word => word.GetString()).ToList();
        var named = choice?.Text("name");
        if (named is not null && !tools.Any(tool => tool.Text("name") == named))
        {
            throw ApiFault.Invalid($"Tool choice '{named}' not found in 'tools' parameter.", "tool_choice");
        }

        return new DialectRequest
        {
            Model = body.Text("model")!,
            Stream = body.IsTrue("stream"),
            UserText = UserText(body, items),
            Input = Input(body, items, cache),
            Tools = [.. tools.Select(tool => new ToolOffer(tool.Text("name")!, tool.Get("parameters") ?? default))],
            FreeformTools = [.. tools.Where(tool => tool.Text("type") == "custom").Select(tool => tool.Text("name")!)],
            ToolDemand = choice switch
            {
                { ValueKind: JsonValueKind.String } word => word.GetString() switch { "none" => ToolDemand.None, "required" => ToolDemand.Required, _ => ToolDemand.Auto },
                { ValueKind: JsonValueKind.Object } => ToolDemand.Required,
                _ => ToolDemand.Auto,
            },
            NamedTool = named,
            ParallelTools = body.Get("parallel_tool_calls") is not { ValueKind: JsonValueKind.False },
            ToolHistory = ToolHistory.Of(items.Select(Turn)),
            MaxTokens = body.Get("max_output_tokens")?.GetInt32(),
            Thinks = body.Get("reasoning")?.Text("effort") is not (null or "none"),
            HidesThinking = body.Get("reasoning")?.Text("summary") is null,
            SealsThinking = includes.Contains("reasoning.encrypted_content"),
            StoredInput = body.Get("store") is { ValueKind: JsonValueKind.False } ? null : ResponseStore.Items(JsonNode.Parse(body.GetProperty("input").GetRawText())),
            WantsJson = format?.Text("type") is "json_object" or "json_schema",
            AnswerSchema = format?.Get("schema") ?? default,
            LogProbs = includes.Contains("message.output_text.logprobs") ? body.Get("top_logprobs")?.GetInt32() ?? 0 : null,
            ServiceTier = body.Text("service_tier") switch { null or "auto" => null, "fast" => "priority", var tier => tier },
        };
    }

    private static TurnKind Turn(JsonElement item) => item.Text("role") == "user" ? TurnKind.Words
        : item.Text("type")?.EndsWith("_call_output", StringComparison.Ordinal) is true ? TurnKind.Result
        : TurnKind.Other;

    private static string UserText(JsonElement body, List<JsonElement> items)
    {
        if (body.Text("input") is { } text)
        {
            return text;
        }

        var user = items.FindLast(item => item.Text("role") == "user");
        return user.Text("content") ?? string.Join('\n', user.Items("content").Select(part => part.Text("text")).OfType<string>());
    }

    private static ServedUsage Input(JsonElement body, List<JsonElement> items, PromptCache cache)
    {
        var meter = new ContentMeter(SplitMix.Hash(body.Text("model")!));
        foreach (var name in (ReadOnlySpan<string>)["tools", "text"])
        {
            if (body.Get(name) is { } value)
            {
                meter.Value(value);
            }
        }

        if (body.Text("instructions") is { } instructions)
        {
            meter.Message("system");
            meter.Text(instructions);
        }

        if (body.Text("input") is { } text)
        {
            meter.Message("user");
            meter.Text(text);
        }

        long cached = 0;
        foreach (var item in items)
        {
            meter.Message(item.Text("role") ?? item.Text("type") ?? "");
            meter.Value(item);
            if (meter.Tokens < CacheFrom)
            {
                continue;
            }

            cached = cache.Has(meter.Hash) ? meter.Tokens / CacheStep * CacheStep : cached;
            cache.Put(meter.Hash, CacheLifetime);
        }

        return new ServedUsage { InputUncached = meter.Tokens - cached, CacheRead = cached };
    }
}
