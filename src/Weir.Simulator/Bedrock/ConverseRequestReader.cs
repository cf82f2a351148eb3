using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Anthropic;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Bedrock;

/// <summary>Validates a Converse request and finds what the answer depends on.</summary>
internal static class ConverseRequestReader
{
    public static DialectRequest Read(JsonElement body, string model, bool stream, ThinkingSeal seal)
    {
        ConverseRules.Check(body, seal);
        var messages = body.Items("messages").ToList();
        var config = body.Get("toolConfig") ?? default;
        var choice = config.Get("toolChoice");
        var more = body.Get("additionalModelRequestFields") ?? default;
        var format = (body.Get("outputConfig") ?? default).Get("textFormat");
        var schema = ((format ?? default).Get("structure") ?? default).Get("jsonSchema")?.Text("schema");
        return new DialectRequest
        {
            Model = model,
            Stream = stream,
            UserText = UserText(messages),
            Prefill = messages[^1].Text("role") == "assistant" ? string.Concat(messages[^1].Items("content").Select(block => block.Text("text"))) : null,
            Input = new ServedUsage { InputUncached = Measure(body, messages) },
            Tools =
            [
                .. config.Items("tools").Select(tool => tool.Get("toolSpec")).OfType<JsonElement>()
                    .Select(tool => new ToolOffer(tool.Text("name")!, (tool.Get("inputSchema") ?? default).Get("json") ?? default)),
            ],
            ToolDemand = choice?.Get("any") is not null || choice?.Get("tool") is not null ? ToolDemand.Required : ToolDemand.Auto,
            NamedTool = choice?.Get("tool")?.Text("name"),
            ToolHistory = ToolHistory.Of(messages.SelectMany(Turns)),
            MaxTokens = (body.Get("inferenceConfig") ?? default).Get("maxTokens")?.GetInt32(),
            Thinks = (more.Get("thinking") ?? more.Get("reasoning_config") ?? more.Get("reasoningConfig"))?.Text("type") is "enabled" or "adaptive",
            WantsJson = format?.Text("type") == "json_schema",
            AnswerSchema = schema is null ? default : JsonSerializer.Deserialize<JsonElement>(schema),
        };
    }

    private static IEnumerable<TurnKind> Turns(JsonElement message)
    {
        var results = message.Items("content").Where(block => block.Get("toolResult") is not null).Select(_ => TurnKind.Result).ToList();
        return results.Count > 0 ? results : [message.Text("role") == "user" ? TurnKind.Words : TurnKind.Other];
    }

    private static string UserText(List<JsonElement> messages)
    {
        for (var index = messages.Count - 1; index >= 0; index--)
        {
            var content = messages[index].Items("content").ToList();
            if (messages[index].Text("role") == "user" && (index == 0 || !content.Exists(block => block.Get("toolResult") is not null)))
            {
                return string.Join('\n', content.Select(block => block.Text("text")).OfType<string>());
            }
        }

        return "";
    }

    private static long Measure(JsonElement body, List<JsonElement> messages)
    {
        var meter = new ContentMeter(0);
        foreach (var name in (string[])["toolConfig", "system"])
        {
            if (body.Get(name) is { } value)
            {
                meter.Value(value);
            }
        }

        foreach (var message in messages)
        {
            meter.Message(message.Text("role")!);
            if (message.Get("content") is { } content)
            {
                meter.Value(content);
            }
        }

        return meter.Tokens;
    }
}
