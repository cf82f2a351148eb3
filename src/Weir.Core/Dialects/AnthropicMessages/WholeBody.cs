using System.Text.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Reads a whole answer (a message, a token count, or an error sent with status 200) into facts.</summary>
internal static class WholeBody
{
    public static void Read(ReadOnlySpan<byte> body, ResponseFacts facts, UsageAccumulator usage)
    {
        if (CountTokensBody.TryRead(body, out _))
        {
            // Counting is free: an explicit zero, so that nobody estimates a price for it.
            facts.Usage = default(Canon.Usage);
            facts.UsageIsFinal = facts.IsComplete = facts.ContentStarted = true;
            return;
        }

        if (IsError(body))
        {
            facts.Failure = ErrorBody.ReadEvent(body);
            return;
        }

        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        // Without content it is some other document: a message that says nothing has an empty list.
        bool isMessage = MessageMembers.Read(ref reader, facts, usage, countContent: true);
        facts.IsComplete = isMessage && reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        facts.ContentStarted |= facts.IsComplete;
        facts.UsageIsFinal = facts.IsComplete && facts.Usage is not null;
    }

    private static bool IsError(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("type"u8);
            bool isError = reader.ValueTextEquals("error"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
                return reader.ValueTextEquals("error"u8);
            if (isError && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.String)
                return true;
            reader.Skip();
        }

        return false;
    }
}
