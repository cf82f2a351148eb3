using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>One strict pass over a Converse body. Members it does not know pass untouched.</summary>
internal static class ConverseFactsReader
{
    private static ReadOnlySpan<string> KnownNames => (string[])["messages", "system", "toolConfig", "inferenceConfig"];

    public static FactsResult Read(ReadOnlySpan<byte> body, CallHead head) =>
        StrictBody.Read(body, head, Walk);

    private static RequestFacts Walk(ref StrictJsonReader reader, int firstMember, CallHead head)
    {
        if (string.IsNullOrEmpty(head.Model))
            throw new JsonRefusal(new BadRequest("missing_field", "The path must name a model: /model/MODEL/converse.", "modelId"));
        var measure = new ConverseMeasure();
        long? maxTokens = null;
        var (messages, hasTools) = (0, false);
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("messages"u8))
                messages = ReadMessages(ref reader, ref measure);
            else if (reader.ValueTextEquals("system"u8))
                measure.Value(ref reader);
            else if (reader.ValueTextEquals("toolConfig"u8))
                hasTools = measure.Skip(ref reader) > 2;
            else if (reader.ValueTextEquals("inferenceConfig"u8))
                maxTokens = ReadInference(ref reader);
            else
            {
                reader.RefuseVariantOf(KnownNames);
                reader.SkipValue();
            }
        }

        return new RequestFacts
        {
            Model = head.Model,
            Stream = head.Stream == true,
            Framing = StreamFraming.AwsEventStream,
            ClientWantsUsage = true,
            FirstMemberOffset = firstMember,
            MaxOutputTokens = maxTokens,
            MessageCount = messages,
            HasTools = hasTools,
            HasMedia = measure.HasMedia,
            PromptTextBytes = measure.TextBytes,
            RequiredEdits = measure.Edits,
        };
    }

    private static int ReadMessages(ref StrictJsonReader reader, ref ConverseMeasure measure)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return 0;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw reader.WrongType("an array of messages");
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw reader.WrongType("an object with role and content");
            count++;
            reader.FoldCase();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("content"u8))
                    measure.MessageContent(ref reader);
                else
                    reader.SkipValue();
            }
        }

        return count;
    }

    private static long? ReadInference(ref StrictJsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw reader.WrongType("an object");
        reader.FoldCase();
        long? maxTokens = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("maxTokens"u8))
                maxTokens = reader.ReadOptionalCount(0);
            else
                reader.SkipValue();
        }

        return maxTokens;
    }
}
