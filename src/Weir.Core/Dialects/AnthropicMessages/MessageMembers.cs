using System.Text.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Reads the members of a <c>message</c> object, of the <c>delta</c> of a <c>message_delta</c>, or of a whole answer into facts.</summary>
internal static class MessageMembers
{
    /// <summary>Starts on the opening brace and ends on the closing one. True when <c>content</c> is a list of blocks, and was to be read.</summary>
    public static bool Read(ref Utf8JsonReader reader, ResponseFacts facts, UsageAccumulator usage, bool countContent)
    {
        bool hasContent = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                TakeUsage(ref reader, facts, usage);
            }
            else if (reader.ValueTextEquals("id"u8))
                facts.ResponseId ??= NextText(ref reader);
            else if (reader.ValueTextEquals("model"u8))
                facts.ServedModel = NextText(ref reader) ?? facts.ServedModel;
            else if (reader.ValueTextEquals("container"u8))
                facts.ContainerId = ContainerId(ref reader) ?? facts.ContainerId;
            else if (reader.ValueTextEquals("stop_reason"u8))
                facts.FinishReason = NextText(ref reader) ?? facts.FinishReason;
            else if (countContent && reader.ValueTextEquals("content"u8))
                hasContent |= ReadContent(ref reader, facts);
            else
                UsageAccumulator.SkipValue(ref reader);
        }
        return hasContent;
    }

    /// <summary>Starts on the first token of the usage value and ends on its last.</summary>
    public static void TakeUsage(ref Utf8JsonReader reader, ResponseFacts facts, UsageAccumulator usage)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        usage.Read(ref reader);
        facts.Usage = usage.ToUsage();
    }

    private static string? NextText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        reader.Skip();
        return null;
    }

    private static string? ContainerId(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        string? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
                id = NextText(ref reader);
            else
                UsageAccumulator.SkipValue(ref reader);
        }

        return id;
    }

    private static bool ReadContent(ref Utf8JsonReader reader, ResponseFacts facts)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            BlockFacts.Read(ref reader, facts);
        return true;
    }
}
