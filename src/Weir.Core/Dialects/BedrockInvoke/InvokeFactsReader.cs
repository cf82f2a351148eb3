using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockInvoke;

/// <summary>One strict pass over a vendor's body, whatever its shape: text is measured, long base64 is not text.</summary>
internal static class InvokeFactsReader
{
    public static FactsResult Read(ReadOnlySpan<byte> body, CallHead head)
    {
        if (string.IsNullOrEmpty(head.Model))
            return new BadRequest("missing_field", "The path must name a model: /model/MODEL/invoke.", "modelId");
        try
        {
            var reader = new StrictJsonReader(body);
            try
            {
                return Walk(ref reader, head);
            }
            finally
            {
                reader.Dispose();
            }
        }
        catch (Exception failure) when (failure is JsonRefusal or JsonException)
        {
            return StrictJson.Describe(failure, body);
        }
    }

    private static FactsResult Walk(ref StrictJsonReader reader, CallHead head)
    {
        var (depth, messages, text) = (0, 0, 0L);
        var (tools, media, isData) = (false, false, false);
        long? maxTokens = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            return new BadRequest("wrong_type", "The request body must be a JSON object.", null);
        do
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    depth++;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    depth--;
                    break;
                case JsonTokenType.PropertyName:
                    isData = reader.ValueTextEquals("data"u8) || reader.ValueTextEquals("bytes"u8) || reader.ValueTextEquals("images"u8);
                    tools |= depth == 1 && reader.ValueTextEquals("tools"u8);
                    messages += reader.ValueTextEquals("role"u8) ? 1 : 0;
                    // The vendors' words for the output cap, at the top or in a settings object.
                    if (depth <= 2 && IsCap(ref reader) && reader.Read())
                    {
                        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var cap) && cap >= 0)
                            maxTokens = cap;
                        else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                            depth++;
                    }
                    break;
                case JsonTokenType.String when isData:
                    media = true;
                    break;
                case JsonTokenType.String:
                    text += reader.ValueSpan.Length;
                    break;
                default:
                    break;
            }
        }
        while (reader.Read());

        return new RequestFacts
        {
            Model = head.Model!,
            Stream = head.Stream == true,
            Framing = StreamFraming.AwsEventStream,
            ClientWantsUsage = true,
            MaxOutputTokens = maxTokens,
            MessageCount = messages,
            HasTools = tools,
            HasMedia = media,
            PromptTextBytes = text,
        };
    }

    private static bool IsCap(ref StrictJsonReader reader) =>
        reader.ValueTextEquals("max_tokens"u8) || reader.ValueTextEquals("max_tokens_to_sample"u8) || reader.ValueTextEquals("maxTokens"u8)
        || reader.ValueTextEquals("maxTokenCount"u8) || reader.ValueTextEquals("max_new_tokens"u8) || reader.ValueTextEquals("max_gen_len"u8);
}
