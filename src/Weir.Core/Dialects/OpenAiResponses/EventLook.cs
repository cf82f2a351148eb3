using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>Cheap looks at an event: its type, and the length of its delta, without reading the rest.</summary>
internal static class EventLook
{
    /// <summary>The event's type: the SSE field, or (servers that leave it out) the payload's <c>type</c>; empty when there is none.</summary>
    public static ReadOnlySpan<byte> TypeOf(in Frame frame)
    {
        if (!frame.EventName.IsEmpty)
            return frame.EventName;
        try
        {
            var json = new Utf8JsonReader(frame.Data);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return default;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isType = json.ValueTextEquals("type"u8);
                json.Read();
                if (isType && json.TokenType == JsonTokenType.String)
                    return json.ValueSpan;
                json.Skip();
            }
        }
        catch (JsonException)
        {
            // No event then.
        }

        return default;
    }

    /// <summary>UTF-8 length of the text in <c>delta</c>, escapes resolved; 0 when there is none.</summary>
    public static int DeltaLength(ReadOnlySpan<byte> data)
    {
        // Inside a JSON string the quotes would be escaped: this can only be the key.
        var at = data.IndexOf("\"delta\""u8);
        if (at < 0)
            return 0;
        data = data[(at + 7)..].TrimStart(" \t:"u8);
        if (data.IsEmpty || data[0] != (byte)'"')
            return 0;
        data = data[1..];
        for (at = 0; ;)
        {
            var next = data[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
                return 0;
            at += next;
            if (data[at] == (byte)'"')
                return JsonText.DecodedLength(data[..at]);
            at = Math.Min(at + 2, data.Length);
        }
    }

    /// <summary>What the payload says in itself before its parts: an id, a place, a look at what is to come.</summary>
    public static bool IsStartUp(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("response.created"u8) || type.SequenceEqual("response.in_progress"u8) || type.SequenceEqual("response.queued"u8)
        || type.SequenceEqual("response.output_item.added"u8) || type.SequenceEqual("response.content_part.added"u8)
        || type.SequenceEqual("response.reasoning_summary_part.added"u8) || type.SequenceEqual("keepalive"u8);
}
