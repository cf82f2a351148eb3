using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>One strict pass over a Messages (or count_tokens) body. Members it does not know pass untouched.</summary>
internal static class AnthropicFactsReader
{
    private static ReadOnlySpan<string> KnownNames => (string[])["model", "stream", "max_tokens", "messages", "system", "tools", "metadata", "container"];

    public static FactsResult Read(ReadOnlySpan<byte> body, Operation operation) =>
        StrictBody.Read(body, operation, Walk);

    private static RequestFacts Walk(ref StrictJsonReader reader, int firstMember, Operation operation)
    {
        string? model = null, userId = null;
        ByteRange modelValue = default;
        bool stream = false, hasTools = false, hasMessages = false;
        long? maxTokens = null;
        int messages = 0;
        List<Splice>? edits = null;
        var prompt = new PromptMeasure();
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("model"u8))
                (model, modelValue) = ReadModel(ref reader);
            else if (reader.ValueTextEquals("stream"u8))
                stream = ReadStream(ref reader);
            else if (reader.ValueTextEquals("max_tokens"u8))
                maxTokens = ReadMaxTokens(ref reader);
            else if (reader.ValueTextEquals("messages"u8))
                (hasMessages, messages) = (true, ReadMessages(ref reader, ref prompt, ref edits));
            else if (reader.ValueTextEquals("system"u8))
                prompt.Content(ref reader);
            else if (reader.ValueTextEquals("tools"u8))
                hasTools = ReadTools(ref reader, ref prompt);
            else if (reader.ValueTextEquals("container"u8))
                prompt.Named.Reference(ref reader, "container");
            else if (reader.ValueTextEquals("metadata"u8))
                userId = ReadUserId(ref reader);
            else
            {
                reader.RefuseVariantOf(KnownNames);
                reader.SkipValue();
            }
        }

        if (model is null)
            throw Missing("model");
        if (!hasMessages)
            throw Missing("messages");
        if (maxTokens is null && operation == Operation.Chat)
            throw Missing("max_tokens");
        return new RequestFacts
        {
            Model = model,
            ModelValue = modelValue,
            Stream = stream && operation == Operation.Chat,
            ClientWantsUsage = true,
            FirstMemberOffset = firstMember,
            MaxOutputTokens = maxTokens,
            MessageCount = messages,
            HasTools = hasTools,
            HasMedia = prompt.HasMedia,
            PromptTextBytes = prompt.TextBytes,
            UserId = userId,
            NamedObjects = prompt.Named.All,
            MayMakeContainer = prompt.UsesContainer,
            RequiredEdits = edits ?? (IReadOnlyList<Splice>)[],
        };
    }

    private static JsonRefusal Missing(string name)
        => new(new BadRequest("missing_field", $"'{name}' is required; add it to the request body.", name));

    private static (string Model, ByteRange Range) ReadModel(ref StrictJsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.IsEmpty)
            throw reader.WrongType("a non-empty string");
        return (reader.GetString(), new ByteRange(reader.TokenStart, reader.TokenEnd - reader.TokenStart));
    }

    private static bool ReadStream(ref StrictJsonReader reader)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False or JsonTokenType.Null => false,
            _ => throw reader.WrongType("true or false"),
        };
    }

    private static long? ReadMaxTokens(ref StrictJsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value) && value >= 0
            ? value
            : throw reader.WrongType("a whole number, zero or more");
    }

    private static int ReadMessages(ref StrictJsonReader reader, ref PromptMeasure prompt, ref List<Splice>? edits)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw reader.WrongType("an array of messages");
        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw reader.WrongType("an object with role and content");
            count++;
            reader.FoldCase();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("content"u8))
                    prompt.MessageContent(ref reader, ref edits);
                else
                    reader.SkipValue();
            }
        }

        return count;
    }

    private static bool ReadTools(ref StrictJsonReader reader, ref PromptMeasure prompt)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return false;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw reader.WrongType("an array of tools");
        bool any = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            any = true;
            ByteRange tool = reader.SkipValue();
            prompt.Add(tool.Length);
            prompt.UsesContainer |= reader.Body.Slice(tool.Start, tool.Length).IndexOf("\"code_execution"u8) >= 0;
        }

        return any;
    }

    private static string? ReadUserId(ref StrictJsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw reader.WrongType("an object");
        reader.FoldCase();
        string? userId = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("user_id"u8))
            {
                reader.SkipValue();
                continue;
            }

            reader.Read();
            userId = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Null => null,
                _ => throw reader.WrongType("a string"),
            };
        }

        return userId;
    }
}
