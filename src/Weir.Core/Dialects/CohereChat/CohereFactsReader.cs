using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>The one strict pass over a chat request.</summary>
internal static class CohereFactsReader
{
    private static readonly string[] Known =
        ["model", "messages", "stream", "tools", "documents", "response_format", "max_tokens", "stop_sequences", "temperature", "thinking", "tool_choice", "k", "p"];

    private static readonly string[] Message = ["role", "content", "tool_calls", "tool_plan", "tool_call_id", "citations"];
    private static readonly string[] Media = ["image_url"];

    public static FactsResult Read(ReadOnlySpan<byte> body) => StrictBody.Read(body, Walk);

    private static RequestFacts Walk(ref StrictJsonReader json, int firstMember)
    {
        var weight = new PromptWeight();
        string? model = null;
        ByteRange modelValue = default;
        bool stream = false, hasTools = false, hasMessages = false;
        long? maxTokens = null;
        while (json.NextMember())
        {
            if (json.ValueTextEquals("model"u8))
                model = json.ReadModel(out modelValue);
            else if (json.ValueTextEquals("messages"u8))
            {
                hasMessages = true;
                weight.AddMessages(ref json, Media, Message);
            }
            else if (json.ValueTextEquals("stream"u8))
                stream = json.ReadOptionalBool() ?? false;
            else if (json.ValueTextEquals("max_tokens"u8))
                maxTokens = json.ReadOptionalCount(0);
            else if (json.ValueTextEquals("tools"u8))
                hasTools = weight.AddTools(ref json);
            else if (json.ValueTextEquals("documents"u8) || json.ValueTextEquals("response_format"u8))
                weight.Add(ref json, Media);
            else
            {
                json.RefuseVariantOf(Known);
                json.SkipValue();
            }
        }

        if (model is null)
            throw StrictBody.Missing("model", "the model's name");
        if (!hasMessages)
            throw StrictBody.Missing("messages", "an array of messages");
        return new RequestFacts
        {
            Model = model,
            ModelValue = modelValue,
            Stream = stream,
            ClientWantsUsage = true,
            FirstMemberOffset = firstMember,
            MaxOutputTokens = maxTokens,
            MessageCount = weight.Messages,
            HasTools = hasTools,
            HasMedia = weight.HasMedia,
            PromptTextBytes = weight.TextBytes,
        };
    }
}
