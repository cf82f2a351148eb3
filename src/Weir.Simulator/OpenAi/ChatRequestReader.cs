using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.OpenAi;

/// <summary>Validates a chat request and finds what the answer depends on.</summary>
internal static class ChatRequestReader
{
    // Automatic prompt caching starts at 1,024 tokens and counts in steps of 128.
    private const int CacheFrom = 1024;
    private const int CacheStep = 128;
    private static readonly TimeSpan CacheLifetime = TimeSpan.FromMinutes(5);

    public static DialectRequest Read(JsonElement body, PromptCache cache)
    {
        if (body.Text("model") is not { Length: > 0 } model)
        {
            throw ApiFault.Invalid("you must provide a model parameter");
        }

        ChatRules.Check(body);
        var messages = body.Items("messages").ToList();
        ChatRules.CheckTurns(messages);
        var tools = Tools(body);
        var format = body.Get("response_format");
        return new DialectRequest
        {
            Model = model,
            Stream = body.IsTrue("stream"),
            UserText = UserText(messages),
            Prefill = messages[^1].IsTrue("prefix") || body.IsTrue("continue_final_message") ? messages[^1].Text("content") : null,
            EchoesPrefill = messages[^1].IsTrue("prefix"),
            Input = Input(body, model, messages, cache),
            Tools = tools,
            ToolDemand = Demand(body),
            NamedTool = NamedTool(body, tools),
            ParallelTools = body.Get("parallel_tool_calls") is not { ValueKind: JsonValueKind.False },
            ToolHistory = ToolHistory.Of(messages.Select(Turn)),
            MaxTokens = Number(body, "max_completion_tokens") ?? Number(body, "max_tokens"),
            Choices = Number(body, "n") ?? 1,
            Thinks = body.Text("reasoning_effort") is not (null or "none"),
            HidesThinking = true,
            WantsJson = format?.Text("type") is "json_object" or "json_schema",
            AnswerSchema = format?.Get("json_schema")?.Get("schema") ?? default,
            AsksUsage = body.Get("stream_options")?.IsTrue("include_usage") is true,
            LogProbs = body.IsTrue("logprobs") ? Number(body, "top_logprobs") ?? 0 : null,
            ServiceTier = body.Text("service_tier") switch
            {
                null => null,
                "auto" => "default",
                "fast" => "priority",
                var tier => tier,
            },
        };
    }

    private static TurnKind Turn(JsonElement message) => message.Text("role") switch
    {
        "user" => TurnKind.Words,
        "tool" or "function" => TurnKind.Result,
        _ => TurnKind.Other,
    };

    private static int? Number(JsonElement body, string name) => body.Get(name)?.GetInt32();

    private static string UserText(List<JsonElement> messages)
    {
        var user = messages.FindLast(message => message.Text("role") == "user");
        return user.Text("content") ?? string.Join('\n', user.Items("content").Select(part => part.Text("text")).OfType<string>());
    }

    private static List<ToolOffer> Tools(JsonElement body) =>
    [
        .. body.Items("tools").Where(tool => tool.Get("function") is not null).Select(tool =>
            new ToolOffer(tool.Get("function")!.Value.Text("name")!, tool.Get("function")!.Value.Get("parameters") ?? default)),
        .. body.Items("functions").Select(function => new ToolOffer(function.Text("name")!, function.Get("parameters") ?? default)),
    ];

    private static ToolDemand Demand(JsonElement body) => body.Get("tool_choice") switch
    {
        { ValueKind: JsonValueKind.String } word => word.GetString() switch
        {
            "none" => ToolDemand.None,
            "required" => ToolDemand.Required,
            _ => ToolDemand.Auto,
        },
        { ValueKind: JsonValueKind.Object } => ToolDemand.Required,
        _ => ToolDemand.Auto,
    };

    private static string? NamedTool(JsonElement body, List<ToolOffer> tools)
    {
        var name = body.Get("tool_choice")?.Get("function")?.Text("name");
        return name is null || tools.Any(tool => tool.Name == name) ? name
            : throw ApiFault.Invalid($"Tool choice function '{name}' was not found in 'tools'.", "tool_choice");
    }

    private static ServedUsage Input(JsonElement body, string model, List<JsonElement> messages, PromptCache cache)
    {
        var meter = new ContentMeter(SplitMix.Hash(model));
        foreach (var part in (ReadOnlySpan<string>)["tools", "functions", "response_format"])
        {
            if (body.Get(part) is { } value)
            {
                meter.Value(value);
            }
        }

        long cached = 0;
        foreach (var message in messages)
        {
            meter.Message(message.Text("role")!);
            meter.Value(message);
            if (meter.Tokens >= CacheFrom)
            {
                if (cache.Has(meter.Hash))
                {
                    cached = meter.Tokens / CacheStep * CacheStep;
                }

                cache.Put(meter.Hash, CacheLifetime);
            }
        }

        return new ServedUsage { InputUncached = meter.Tokens - cached, CacheRead = cached };
    }
}
