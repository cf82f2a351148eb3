using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Ollama;

/// <summary>Validates a chat or generate request and finds what the answer depends on.</summary>
internal static class OllamaRequestReader
{
    public static DialectRequest Read(JsonElement body, bool generate)
    {
        if (body.Text("model") is not { Length: > 0 } model)
        {
            throw ApiFault.Invalid("model is required");
        }

        var messages = body.Items("messages").ToList();
        foreach (var message in messages)
        {
            Check(message);
        }

        var user = messages.FindLast(message => message.Text("role") == "user");
        var format = body.Get("format");
        return new DialectRequest
        {
            Model = model,
            Stream = body.Get("stream") is not { ValueKind: JsonValueKind.False },
            UserText = (generate ? body.Text("prompt") : user.Text("content")) ?? "",
            Input = new ServedUsage { InputUncached = Measure(body, messages, generate) },
            Tools = [.. body.Items("tools").Select(tool => new ToolOffer(
                tool.Get("function")?.Text("name") ?? throw ApiFault.Invalid("tool without a function name"),
                tool.Get("function")?.Get("parameters") ?? default))],
            ToolHistory = ToolHistory.Of(messages.Select(Turn)),
            MaxTokens = body.Get("options")?.Get("num_predict")?.GetInt32() is >= 0 and var cap ? cap : null,
            Thinks = body.IsTrue("think") || body.Text("think") is { Length: > 0 },
            WantsJson = format is { ValueKind: JsonValueKind.Object } || format is { ValueKind: JsonValueKind.String } word && word.GetString() == "json",
            AnswerSchema = format is { ValueKind: JsonValueKind.Object } schema ? schema : default,
        };
    }

    private static TurnKind Turn(JsonElement message) => message.Text("role") switch
    {
        "user" => TurnKind.Words,
        "tool" => TurnKind.Result,
        _ => TurnKind.Other,
    };

    private static void Check(JsonElement message)
    {
        if (message.Text("role") is not ("system" or "user" or "assistant" or "tool"))
        {
            throw ApiFault.Invalid("invalid role");
        }

        if (message.Get("content") is { ValueKind: not JsonValueKind.String })
        {
            throw ApiFault.Invalid("json: cannot unmarshal array into Go struct field ChatRequest.messages.content of type string");
        }

        foreach (var call in message.Items("tool_calls"))
        {
            if (call.Get("function")?.Get("arguments") is not { ValueKind: JsonValueKind.Object })
            {
                throw ApiFault.Invalid("json: cannot unmarshal string into Go struct field ChatRequest.messages.tool_calls.function.arguments of type map[string]interface {}");
            }
        }

        foreach (var image in message.Items("images"))
        {
            if (image.ValueKind != JsonValueKind.String || !image.TryGetBytesFromBase64(out _))
            {
                throw ApiFault.Invalid("illegal base64 data at input byte 4");
            }
        }
    }

    private static long Measure(JsonElement body, List<JsonElement> messages, bool generate)
    {
        var meter = new ContentMeter(0);
        if (body.Get("tools") is { } tools)
        {
            meter.Value(tools);
        }

        if (generate)
        {
            meter.Message("prompt");
            meter.Text((body.Text("system") ?? "") + (body.Text("prompt") ?? ""));
            return meter.Tokens + body.Items("images").Count() * ContentMeter.ImageTokens;
        }

        long images = 0;
        foreach (var message in messages)
        {
            meter.Message(message.Text("role")!);
            meter.Text(message.Text("content") ?? "");
            images += message.Items("images").Count();
        }

        return meter.Tokens + images * ContentMeter.ImageTokens;
    }
}
