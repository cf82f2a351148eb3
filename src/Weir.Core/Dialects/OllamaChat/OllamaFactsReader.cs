using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>The one strict pass over a chat or generate request. Neither messages nor prompt are required: without them a model is loaded.</summary>
internal static class OllamaFactsReader
{
    private static readonly string[] Known =
        ["model", "messages", "prompt", "suffix", "system", "template", "images", "stream", "tools", "format", "options", "think", "keep_alive", "raw", "context"];

    private static readonly string[] Message = ["role", "content", "images", "thinking", "tool_calls", "tool_name", "tool_call_id"];
    private static readonly string[] Media = ["images"];

    public static FactsResult Read(ReadOnlySpan<byte> body, Operation operation) =>
        StrictBody.Read(body, operation, Walk);

    private static RequestFacts Walk(ref StrictJsonReader json, int firstMember, Operation operation)
    {
        var weight = new PromptWeight();
        string? model = null;
        ByteRange modelValue = default;
        var stream = true;
        var hasTools = false;
        long? maxTokens = null;
        while (json.NextMember())
        {
            if (json.ValueTextEquals("model"u8))
                model = json.ReadModel(out modelValue);
            else if (json.ValueTextEquals("messages"u8) && operation == Operation.Chat)
                weight.AddMessages(ref json, Media, Message);
            else if (json.ValueTextEquals("stream"u8))
                stream = json.ReadOptionalBool() ?? true;
            else if (json.ValueTextEquals("tools"u8))
                hasTools = weight.AddTools(ref json);
            else if (json.ValueTextEquals("options"u8))
                maxTokens = ReadOptions(ref json);
            else if (json.ValueTextEquals("prompt"u8) || json.ValueTextEquals("system"u8) || json.ValueTextEquals("suffix"u8) ||
                json.ValueTextEquals("format"u8) || json.ValueTextEquals("images"u8))
                weight.Add(ref json, Media);
            else
            {
                json.RefuseVariantOf(Known);
                json.SkipValue();
            }
        }

        if (model is null)
            throw StrictBody.Missing("model", "the model's name");
        return new RequestFacts
        {
            Model = model,
            ModelValue = modelValue,
            Stream = stream,
            Framing = StreamFraming.JsonLines,
            ClientWantsUsage = true,
            FirstMemberOffset = firstMember,
            MaxOutputTokens = maxTokens,
            MessageCount = operation == Operation.Chat ? weight.Messages : 1,
            HasTools = hasTools,
            HasMedia = weight.HasMedia,
            PromptTextBytes = weight.TextBytes,
        };
    }

    // num_predict: -1 and -2 mean "no cap".
    private static long? ReadOptions(ref StrictJsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return null;
        if (json.TokenType != JsonTokenType.StartObject)
            throw json.WrongType("an object or null");
        json.FoldCase();
        long? cap = null;
        while (json.NextMember())
        {
            if (!json.ValueTextEquals("num_predict"u8))
            {
                json.RefuseVariantOf(["num_predict"]);
                json.SkipValue();
                continue;
            }

            json.Read();
            if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var value))
                cap = value >= 0 ? value : null;
            else if (json.TokenType != JsonTokenType.Null)
                throw json.WrongType("a whole number or null");
        }

        return cap;
    }
}
