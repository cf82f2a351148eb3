using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Anthropic;

/// <summary>Validates a Messages request and finds what the answer depends on.</summary>
internal static class MessagesRequestReader
{
    public static DialectRequest Read(JsonElement body, PromptCache? cache, ThinkingSeal seal, bool counting = false)
    {
        MessagesRules.Check(body, counting);
        new MessagesTurns(body, seal).Check();
        var messages = body.Items("messages").ToList();
        var choice = body.Get("tool_choice");
        var thinking = body.Get("thinking");
        var format = body.Get("output_config")?.Get("format") ?? body.Get("output_format");
        return new DialectRequest
        {
            Model = body.Text("model")!,
            Stream = body.IsTrue("stream"),
            UserText = UserText(messages),
            Prefill = MessagesRules.Prefill(body),
            Input = MessagesMeter.Measure(body, cache),
            Tools =
            [
                .. body.Items("tools").Where(tool => tool.Get("input_schema") is not null)
                    .Select(tool => new ToolOffer(tool.Text("name")!, tool.Get("input_schema")!.Value)),
            ],
            ToolDemand = choice?.Text("type") switch
            {
                "any" or "tool" => ToolDemand.Required,
                "none" => ToolDemand.None,
                _ => ToolDemand.Auto,
            },
            NamedTool = choice?.Text("type") == "tool" ? choice?.Text("name") : null,
            ParallelTools = choice?.IsTrue("disable_parallel_tool_use") is not true,
            ToolHistory = ToolHistory.Of(messages.Where(message => message.Text("role") != "system").SelectMany(Turns)),
            MaxTokens = body.Get("max_tokens")?.GetInt32(),
            Thinks = thinking?.Text("type") is "enabled" or "adaptive",
            HidesThinking = thinking?.Text("display") == "omitted",
            WantsJson = format?.Text("type") == "json_schema",
            AnswerSchema = format?.Get("schema") ?? default,
        };
    }

    // A turn that only brings tool results says nothing new: the user's words are those of the turn before.
    private static string UserText(List<JsonElement> messages)
    {
        for (var index = messages.Count - 1; index >= 0; index--)
        {
            var message = messages[index];
            if (message.Text("role") == "user" && (!HasToolResult(message) || index == 0))
            {
                return message.Text("content") ??
                    string.Join('\n', message.Items("content").Select(block => block.Text("text")).OfType<string>());
            }
        }

        return "";
    }

    private static IEnumerable<TurnKind> Turns(JsonElement message) => message.Text("role") != "user" ? [TurnKind.Other]
        : HasToolResult(message) ? message.Items("content").Where(block => block.Text("type") == "tool_result").Select(_ => TurnKind.Result)
        : [TurnKind.Words];

    private static bool HasToolResult(JsonElement message) =>
        message.Text("role") == "user" && message.Items("content").Any(block => block.Text("type") == "tool_result");
}
