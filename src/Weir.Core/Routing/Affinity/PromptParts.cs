using System.Text.Json;
using Weir.Core.Dialects;

namespace Weir.Core.Routing.Affinity;

/// <summary>
/// Where the prompt stands in a request body, in the order in which engines put it together, whatever the dialect: tools and
/// system prompt first, the conversation last.
/// </summary>
/// <param name="Stable">Tools and system prompt, as far as they stand outside the conversation.</param>
/// <param name="Conversation">Messages, or the one text; empty when there is none.</param>
public readonly record struct PromptParts(IReadOnlyList<ByteRange> Stable, ByteRange Conversation)
{
    /// <summary>Finds them in one pass; a body that is no JSON object has none.</summary>
    public static PromptParts Find(ReadOnlySpan<byte> body)
    {
        Span<ByteRange> stable = stackalloc ByteRange[StableRanks];
        stable.Clear();
        ByteRange conversation = default;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return new PromptParts([], default);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var rank = RankOf(reader);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                var range = new ByteRange(start, (int)reader.BytesConsumed - start);
                if (rank is >= 0 and < StableRanks)
                    stable[rank] = range;
                else if (rank == StableRanks)
                    conversation = range;
            }
        }
        catch (JsonException)
        {
            return new PromptParts([], default);
        }
        var found = new List<ByteRange>(StableRanks);
        foreach (var range in stable)
        {
            if (range.Length > 0)
                found.Add(range);
        }
        return new PromptParts(found, conversation);
    }

    /// <summary>The elements of the conversation, or itself when it is one text.</summary>
    public static IReadOnlyList<ByteRange> Turns(ReadOnlySpan<byte> body, ByteRange conversation)
    {
        if (conversation.Length == 0)
            return [];
        var reader = new Utf8JsonReader(body.Slice(conversation.Start, conversation.Length));
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return [conversation];
        var turns = new List<ByteRange>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            turns.Add(new ByteRange(conversation.Start + start, (int)reader.BytesConsumed - start));
        }
        return turns;
    }

    private const int StableRanks = 3;

    private static int RankOf(in Utf8JsonReader reader) =>
        reader.ValueTextEquals("tools"u8) ? 0
        : reader.ValueTextEquals("functions"u8) ? 1
        : reader.ValueTextEquals("system"u8) || reader.ValueTextEquals("instructions"u8) || reader.ValueTextEquals("systemInstruction"u8)
            || reader.ValueTextEquals("system_instruction"u8) ? 2
        : reader.ValueTextEquals("messages"u8) || reader.ValueTextEquals("input"u8) || reader.ValueTextEquals("prompt"u8) || reader.ValueTextEquals("contents"u8)
            || reader.ValueTextEquals("inputs"u8) || reader.ValueTextEquals("text_input"u8) ? StableRanks
        : -1;
}
