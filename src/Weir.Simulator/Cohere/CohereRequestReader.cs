using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Cohere;

/// <summary>Validates a chat request and finds what the answer depends on.</summary>
internal static class CohereRequestReader
{
    public static DialectRequest Read(JsonElement body)
    {
        var model = body.Text("model") is { Length: > 0 } named ? named : throw ApiFault.Invalid("invalid request: model is required");
        var messages = body.Items("messages").ToList();
        if (messages.Count == 0)
        {
            throw ApiFault.Invalid("invalid request: at least one message is required");
        }

        Check(messages);
        var user = messages.FindLast(message => message.Text("role") == "user");
        var format = body.Get("response_format");
        return new DialectRequest
        {
            Model = model,
            Stream = body.IsTrue("stream"),
            UserText = user.Text("content") ?? string.Join('\n', user.Items("content").Select(part => part.Text("text")).OfType<string>()),
            Input = new ServedUsage { InputUncached = Measure(body, messages) },
            Tools = [.. body.Items("tools").Select(tool => new ToolOffer(
                tool.Get("function")?.Text("name") ?? throw ApiFault.Invalid("invalid request: tool without a function name"),
                tool.Get("function")?.Get("parameters") ?? default))],
            ToolDemand = body.Text("tool_choice") switch
            {
                null => ToolDemand.Auto,
                "REQUIRED" => ToolDemand.Required,
                "NONE" => ToolDemand.None,
                _ => throw ApiFault.Invalid("invalid request: tool_choice must be REQUIRED or NONE"),
            },
            ToolHistory = ToolHistory.Of(messages.Select(Turn)),
            MaxTokens = body.Get("max_tokens")?.GetInt32(),
            Thinks = body.Get("thinking")?.Text("type") == "enabled",
            WantsJson = format?.Text("type") == "json_object",
            AnswerSchema = format?.Get("json_schema") ?? format?.Get("schema") ?? default,
        };
    }

    private static TurnKind Turn(JsonElement message) => message.Text("role") switch
    {
        "user" => TurnKind.Words,
        "tool" => TurnKind.Result,
        _ => TurnKind.Other,
    };

    // Results must answer calls that were made, by their ids.
    private static void Check(List<JsonElement> messages)
    {
        HashSet<string> calls = [];
        foreach (var message in messages)
        {
            switch (message.Text("role"))
            {
                case "user" or "system":
                    break;
                case "assistant":
                    foreach (var call in message.Items("tool_calls"))
                    {
                        if (call.Get("function")?.Get("arguments") is not { ValueKind: JsonValueKind.String } || call.Text("id") is not { } id)
                        {
                            throw ApiFault.Invalid("invalid request: tool call arguments must be a string and have an id");
                        }

                        calls.Add(id);
                    }

                    break;
                case "tool":
                    if (!calls.Contains(message.Text("tool_call_id") ?? ""))
                    {
                        throw ApiFault.Invalid("invalid request: tool_call_id not found");
                    }

                    break;
                default:
                    throw ApiFault.Invalid("invalid request: unknown role");
            }
        }
    }

    private static long Measure(JsonElement body, List<JsonElement> messages)
    {
        var meter = new ContentMeter(0);
        foreach (var part in (ReadOnlySpan<string>)["tools", "documents", "response_format"])
        {
            if (body.Get(part) is { } value)
            {
                meter.Value(value);
            }
        }

        foreach (var message in messages)
        {
            meter.Message(message.Text("role")!);
            meter.Value(message);
        }

        return meter.Tokens;
    }
}
